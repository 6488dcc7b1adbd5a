import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onPlatform } from './on-platform';

const command = ['jest', '--outputFile=C:\\My project\\unit.json', '--json'];

it('a command is started as it is where programs can be scripts', () => {
  expect(onPlatform('linux', command)).toEqual({ file: 'jest', args: command.slice(1), shell: false });
  expect(onPlatform('darwin', command).shell).toBe(false);
});

it('on Windows its shell starts it, with words that hold spaces in quotes', () => {
  expect(onPlatform('win32', command)).toEqual({
    file: 'jest "--outputFile=C:\\My project\\unit.json" --json',
    args: [],
    shell: true,
  });
});

it('no tool starts a script of npm’s past it', () => {
  const root = path.join(__dirname, '../..');
  const tools = globSync('tools/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  const started = tools.filter((file) =>
    /(?:exec|spawn|run)\w*\(\s*'(?:npm|npx|tsx|jest|webpack|playwright|sign-plugin)'/.test(
      readFileSync(path.join(root, file), 'utf8')
    )
  );
  expect(started).toEqual([]);
});
