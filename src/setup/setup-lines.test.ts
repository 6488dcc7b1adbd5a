import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pbxKinds, setupParts, setupStep, type PbxKind, type SetupStep } from './setup-lines';

const pages: Readonly<Record<PbxKind, string>> = { asterisk: 'setup.md', freepbx: 'setup-freepbx.md' };

/** Texts of a page's code blocks. */
function blocksOf(page: string): string[] {
  const text = readFileSync(path.join(__dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(/```(?:ini|yaml|sh)\n([^]*?)\n```/g)].map(([, block]) => block!);
}

const steps = (pbx: PbxKind): SetupStep[] => setupParts.map((part) => setupStep(part, pbx));

test.each(pbxKinds)('the page for %s shows every block as the configuration page does, and no other', (pbx) => {
  const shown = blocksOf(pages[pbx]);
  const lines = steps(pbx).flatMap(({ blocks }) => blocks.map((block) => block.lines));
  expect(lines.filter((block) => !shown.includes(block))).toEqual([]);
  const commands = steps(pbx).map(({ command }) => command);
  expect(shown.filter((block) => !lines.includes(block) && !commands.includes(block))).toEqual([]);
});

test.each(pbxKinds)('the page for %s names every file', (pbx) => {
  const text = readFileSync(path.join(__dirname, '../../docs', pages[pbx]), 'utf8');
  const files = steps(pbx).flatMap(({ blocks }) => blocks.map(({ file }) => file));
  expect(files.filter((file) => !text.includes(`\`${file}\``))).toEqual([]);
});

test('amiws’ user may act on nothing', () => {
  for (const pbx of pbxKinds) {
    expect(setupStep('amiUser', pbx).blocks[0]!.lines).toMatch(/\nwrite =$/);
  }
});
