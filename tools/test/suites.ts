import { join } from 'node:path';
import { countExit, countGo, countJest, countLastLine, countPlaywright, type Counter } from './count';

export const root = join(import.meta.dirname, '../..');

export interface Suite {
  name: string;
  command: string[];
  env?: Record<string, string>;
  cwd?: string;
  count: Counter;
  /** Waits more than it computes: runs beside the suites that follow it, one such suite after the other. */
  beside?: true;
}

/** Where the runner of the suite writes its report. */
export const reportPath = (name: string): string => join(root, 'test-results', `${name.replace(/\W+/g, '-')}.json`);

/** The Jest suite whose configuration stands with its tests in `tests/<folder>`. */
const jest = (name: string, folder: string, env: Record<string, string>, ...args: string[]): Suite => ({
  name,
  command: [
    'jest',
    '--config',
    `tests/${folder}/jest.config.js`,
    ...args,
    '--json',
    `--outputFile=${reportPath(name)}`,
  ],
  env,
  count: countJest,
});

const browser = 'browser';

/** Everything that needs no Grafana, cheapest first. The suites after `package` run what was built. */
export const suites: Suite[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'], count: countExit },
  { name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'], count: countExit },
  { name: 'licences', command: ['npm', 'run', '--silent', 'licences'], count: countExit },
  { name: 'audit', command: ['npm', 'run', '--silent', 'audit'], count: countExit },
  jest('unit (UTC)', 'unit', { TZ: 'UTC' }),
  jest('unit (New York)', 'unit', { TZ: 'America/New_York' }),
  { name: 'cases', command: ['npm', 'run', '--silent', 'cases', '--', 'tests/cases'], count: countLastLine },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'], count: countExit },
  { name: 'package', command: ['npm', 'run', '--silent', 'package'], count: countExit },
  { ...jest('reliability', 'reliability', { TZ: 'UTC' }, '--runInBand'), beside: true },
  { ...jest('pbx', 'pbx', { TZ: 'UTC' }), beside: true },
  jest('integration', 'integration', { TZ: 'UTC' }),
  jest('packages', 'package', { TZ: 'UTC' }),
  jest('fuzz', 'fuzz', { TZ: 'UTC' }),
  {
    name: 'conformance',
    command: ['go', 'test', '-count=1', '-v', './...'],
    cwd: join(root, 'tests/conformance'),
    count: countGo,
  },
  {
    name: browser,
    command: ['playwright', 'test', '--config', 'tests/browser/playwright.config.ts', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath(browser) },
    count: countPlaywright,
  },
  jest('import', 'import', { TZ: 'UTC' }),
  jest('postgres', 'postgres', { TZ: 'UTC' }),
];
