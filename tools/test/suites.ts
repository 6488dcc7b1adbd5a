import { join } from 'node:path';
import { countExit, countGo, countJest, countLastLine, countPlaywright, type Counter } from './count';
import {
  asRoot,
  busybox,
  chromium,
  debian12,
  debootstrap,
  go,
  linux,
  mariadb,
  mounts,
  namespaces,
  posix,
  postgresql,
  serverNode,
  sipp,
  type Need,
} from './needs';

export const root = join(import.meta.dirname, '../..');

export interface Suite {
  name: string;
  command: string[];
  env?: Record<string, string>;
  cwd?: string;
  count: Counter;
  /** Without these it can't run: it is left out, or fails in CI. */
  needs?: readonly Need[];
  /** Tests of it that need more, by what they are about; they skip themselves (tests/support/describe-where.ts). */
  parts?: ReadonlyArray<{ name: string; needs: readonly Need[] }>;
  /** Names of the suites that make what it runs with. */
  uses?: readonly string[];
  /** Waits, or computes on one core: runs beside the suites that follow it, one such suite after the other. */
  beside?: true;
}

/** Where the runner of the suite writes its report. */
export const reportPath = (name: string): string => join(root, 'test-results', `${name.replace(/\W+/g, '-')}.json`);

/** The Jest suite whose configuration stands with its tests in `tests/<folder>`. */
const jestSuite = (name: string, folder: string, env: Record<string, string>, ...args: string[]): Suite => ({
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

const browserSuite = (name: string, env: Record<string, string>): Suite => ({
  name,
  command: ['playwright', 'test', '--config', 'tests/browser/playwright.config.ts', '--reporter=list,json'],
  env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath(name) },
  count: countPlaywright,
  needs: [linux, chromium],
  uses: env.GRAFANA_LIBRARIES === undefined ? ['build'] : ['build', installLibraries],
});

const installLibraries = 'install Grafana 13.1';
/** The browser part runs in Grafanas of both Reacts: tests/grafana-13.1 has the libraries of the older one. */
const grafana131 = { GRAFANA_LIBRARIES: 'tests/grafana-13.1' };
const ofPosix = { name: 'file modes, sockets, signals, scripts', needs: [posix] };
const ownDisk = (name: string) => ({ name, needs: [mounts] });

/** A store's long suite runs once: what it asks names its time zone. The zone of the machine is met by all other tests. */
const withoutStoreSuite = '^(?!.*duckdb-store)';

/** Everything that needs no Grafana. The suites after `package` run what was built. */
export const suites: Suite[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'], count: countExit, beside: true },
  { name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'], count: countExit, beside: true },
  { name: 'api', command: ['npm', 'run', '--silent', 'api'], count: countExit, beside: true },
  { name: 'licences', command: ['npm', 'run', '--silent', 'licences'], count: countExit },
  { name: 'audit', command: ['npm', 'run', '--silent', 'audit'], count: countExit },
  {
    name: installLibraries,
    command: ['npm', 'ci', '--silent', '--no-audit', '--no-fund', '--prefix', grafana131.GRAFANA_LIBRARIES],
    count: countExit,
  },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'], count: countExit, needs: [serverNode] },
  { name: 'package', command: ['npm', 'run', '--silent', 'package'], count: countExit, needs: [linux, debian12] },
  { ...jestSuite('unit (UTC)', 'unit', { TZ: 'UTC' }), parts: [ofPosix] },
  {
    ...jestSuite('unit (New York, Grafana 13.1)', 'unit', { TZ: 'America/New_York', ...grafana131 }, withoutStoreSuite),
    parts: [ofPosix],
    uses: [installLibraries],
  },
  { name: 'cases', command: ['npm', 'run', '--silent', 'cases', '--', 'tests/cases'], count: countLastLine },
  {
    ...jestSuite('reliability', 'reliability', { TZ: 'UTC' }, '--runInBand'),
    uses: ['build'],
    needs: [linux],
    parts: [ownDisk('full and read-only disks')],
    beside: true,
  },
  {
    ...jestSuite('pbx', 'pbx', { TZ: 'UTC' }),
    uses: ['build'],
    needs: [linux, asRoot, namespaces, debootstrap, sipp, mariadb],
    beside: true,
  },
  { ...jestSuite('integration', 'integration', { TZ: 'UTC' }), needs: [linux], uses: ['build'] },
  {
    ...jestSuite('packages', 'package', { TZ: 'UTC' }),
    uses: ['package'],
    needs: [linux, debian12],
    parts: [{ name: "in systems like Grafana's stock image", needs: [namespaces, busybox] }],
  },
  { ...jestSuite('fuzz', 'fuzz', { TZ: 'UTC' }), needs: [linux], uses: ['build'] },
  {
    name: 'conformance',
    command: ['go', 'test', '-count=1', '-v', './...'],
    cwd: join(root, 'tests/conformance'),
    count: countGo,
    uses: ['build'],
    needs: [linux, go],
  },
  browserSuite('browser', {}),
  browserSuite('browser (Grafana 13.1)', grafana131),
  { ...jestSuite('import', 'import', { TZ: 'UTC' }), needs: [linux, mariadb, postgresql], uses: ['build'] },
  {
    ...jestSuite('postgres', 'postgres', { TZ: 'UTC' }),
    uses: ['build'],
    needs: [linux, postgresql],
    parts: [ownDisk('a full disk')],
  },
];

/** The suites whose names begin with one of the words, all for no word, and before them those that make what they use. */
export function chosenSuites(wanted: readonly string[]): Suite[] {
  const named = suites.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
  const used = named.flatMap(({ uses = [] }) => uses);
  return suites.filter((suite) => named.includes(suite) || used.includes(suite.name));
}
