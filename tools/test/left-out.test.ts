import { installable } from './install';
import { leftOut, sayLeftOut } from './left-out';
import type { Machine } from './machine';
import { suites } from './suites';

/** A Debian 12 with nothing but Node and git, and no rights. */
const bare: Machine = {
  platform: 'linux',
  arch: 'x64',
  version: 'v20.11.0',
  isRoot: false,
  env: {},
  has: (program) => ['apt-get', 'git', 'node'].includes(program),
  exists: () => false,
  read: (file) => (file === '/etc/os-release' ? 'ID=debian\nVERSION_CODENAME=bookworm\n' : ''),
  succeeds: () => false,
};
/** The same with all that a suite may need. */
const full: Machine = { ...bare, isRoot: true, has: () => true, exists: () => true, succeeds: () => true };

const said = (machine: Machine): string[] => leftOut(suites, machine).map(sayLeftOut);

it('on a machine that has all, nothing is left out', () => {
  expect(said(full)).toEqual([]);
});

it('on a bare Debian 12 an ordinary user reads which suites are left out, why, and the line that brings each', () => {
  const root = 'Run npm test as root';
  expect(said(bare)).toEqual([
    `reliability (full and read-only disks): no disk can be mounted. ${root}; in a container with --privileged.`,
    'pbx: it runs as root only; no process can be given a root of the file system and a network of its own; ' +
      "debootstrap or the keys of Debian's archive are missing; sipp is missing; mariadbd is missing. As root: apt-get " +
      'install -y --no-install-recommends debootstrap debian-archive-keyring sip-tester mariadb-server ' +
      `${root}, in a container or a virtual machine. ${root}; in a container with --privileged.`,
    "packages (in systems like Grafana's stock image): no process can be given a root of the file system and a network " +
      'of its own; busybox-static is missing. As root: apt-get install -y --no-install-recommends busybox-static ' +
      `${root}; in a container with --privileged.`,
    'conformance: Go is missing, or older than tests/conformance/go.mod asks for. ' +
      'Install the current Go: https://go.dev/doc/install',
    'browser: Chromium is missing. As root: apt-get install -y --no-install-recommends chromium',
    'browser (Grafana 13.1): Chromium is missing. As root: apt-get install -y --no-install-recommends chromium',
    'import: mariadbd is missing; PostgreSQL is missing. ' +
      'As root: apt-get install -y --no-install-recommends mariadb-server postgresql',
    'postgres: PostgreSQL is missing. As root: apt-get install -y --no-install-recommends postgresql',
  ]);
});

it('a suite that is left out does not name its parts besides', () => {
  const without = { ...full, exists: (file: string) => !file.includes('postgresql'), succeeds: () => false };
  expect(said(without).filter((line) => line.startsWith('postgres'))).toEqual([
    'postgres: PostgreSQL is missing. As root: apt-get install -y --no-install-recommends postgresql',
  ]);
});

it('an older Go than go.mod asks for is none', () => {
  const older = { ...full, succeeds: (command: string) => command !== 'go' };
  expect(said(older)).toEqual([expect.stringMatching(/^conformance: Go is missing, or older/)]);
});

it('Chromium is looked for where CHROMIUM_PATH says', () => {
  const exists = (file: string): boolean => file !== '/usr/bin/chromium';
  expect(said({ ...full, exists })).toHaveLength(2);
  expect(said({ ...full, exists, env: { CHROMIUM_PATH: '/opt/chrome' } })).toEqual([]);
});

it('on another Debian the packages are left out, for the one that is made there', () => {
  const read = (): string => 'VERSION_CODENAME=trixie\n';
  expect(leftOut(suites, { ...full, read }).map(({ suite }) => suite)).toEqual(['package', 'packages']);
});

const others = [
  { platform: 'darwin', arch: 'arm64' },
  { platform: 'win32', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
] as const;

it.each(others)('$platform on $arch runs what needs no Linux x64, with a Node 24 of its own', (machine) => {
  const left = leftOut(suites, { ...full, version: 'v24.1.0', ...machine }).filter(({ part }) => part === undefined);
  const skipped = new Set(left.map(({ suite }) => suite));
  expect(suites.map(({ name }) => name).filter((name) => !skipped.has(name))).toEqual([
    'lint',
    'typecheck',
    'api',
    'licences',
    'audit',
    'install Grafana 13.1',
    'build',
    'unit (UTC)',
    'unit (New York, Grafana 13.1)',
    'cases',
  ]);
  expect(left.map(sayLeftOut)).toContain(
    'integration: it runs on Linux x64 only. Run it in a container: docker run --rm --platform linux/amd64 ' +
      '-v "$PWD:/project" -w /project node:24-bookworm sh -c "npm ci && npm test"'
  );
});

it('Windows leaves out the unit tests of what it has not, macOS none', () => {
  const parts = (platform: NodeJS.Platform): string[] =>
    leftOut(suites, { ...full, platform, arch: 'x64' })
      .filter(({ suite, part }) => suite.startsWith('unit') && part !== undefined)
      .map(sayLeftOut);
  const why = 'Windows has no file modes, Unix sockets or signals. Run it in WSL.';
  expect(parts('win32')).toEqual([
    `unit (UTC) (file modes, sockets, signals, scripts): ${why}`,
    `unit (New York, Grafana 13.1) (file modes, sockets, signals, scripts): ${why}`,
  ]);
  expect(parts('darwin')).toEqual([]);
});

it.each([
  { platform: 'darwin', arch: 'x64', version: 'v24.1.0' },
  { platform: 'darwin', arch: 'arm64', version: 'v22.1.0' },
] as const)('$platform on $arch with Node $version leaves the build out', (machine) => {
  expect(leftOut(suites, { ...full, ...machine }).map(({ suite }) => suite)).toContain('build');
});

it('a busybox that needs libraries is none', () => {
  const withLibraries = { ...full, exists: (file: string) => !file.includes('busybox-static') };
  expect(said(withLibraries).join()).toContain('busybox-static is missing');
});

it('root’s apt-get installs what lacks, each package once; nobody else installs anything', () => {
  const lacking = leftOut(suites, { ...bare, isRoot: true });
  expect(installable(lacking, { ...bare, isRoot: true })).toEqual([
    'busybox-static',
    'chromium',
    'debian-archive-keyring',
    'debootstrap',
    'mariadb-server',
    'postgresql',
    'sip-tester',
  ]);
  expect(installable(lacking, bare)).toEqual([]);
  expect(installable(lacking, { ...bare, isRoot: true, has: () => false })).toEqual([]);
});
