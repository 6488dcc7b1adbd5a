import { join } from 'node:path';
import { buildProblem } from '../build/node-binary';
import type { Machine } from './machine';

const root = join(import.meta.dirname, '../..');

/** What a suite uses of the machine besides what npm brings. */
export interface Need {
  isMet: (machine: Machine) => boolean;
  /** Said where it is not met. */
  reason: string;
  /** Debian's packages that bring it. */
  packages?: readonly string[];
  /** What to do where no package brings it. */
  advice?: string;
}

/** A program that Debian's packages bring. */
const program = (name: string, ...packages: string[]): Need => ({
  isMet: (machine) => machine.has(name),
  reason: `${name} is missing`,
  packages,
});

/** What npm brings of the server part, and what the suites that start it use. */
export const linux: Need = {
  isMet: ({ platform, arch }) => platform === 'linux' && arch === 'x64',
  reason: 'it runs on Linux x64 only',
  advice:
    'Run it in a container: docker run --rm --platform linux/amd64 -v "$PWD:/project" -w /project node:24-bookworm ' +
    'sh -c "npm ci && npm test"',
};

/** A Node that the server part can be built with. */
export const serverNode: Need = {
  isMet: (machine) => buildProblem(machine) === undefined,
  reason:
    'the server part is built for Linux x64, or with Node 24 for Linux arm64, macOS on Apple silicon, or Windows x64',
  advice: 'Install Node 24: https://nodejs.org',
};

export const posix: Need = {
  isMet: ({ platform }) => platform !== 'win32',
  reason: 'Windows has no file modes, Unix sockets or signals',
  advice: 'Run it in WSL.',
};

export const asRoot: Need = {
  isMet: ({ isRoot }) => isRoot,
  reason: 'it runs as root only',
  advice: 'Run npm test as root, in a container or a virtual machine.',
};

export const chromium: Need = {
  isMet: ({ env, exists }) => exists(env.CHROMIUM_PATH ?? '/usr/bin/chromium'),
  reason: 'Chromium is missing',
  packages: ['chromium'],
};

export const mariadb = program('mariadbd', 'mariadb-server');

export const postgresql: Need = {
  isMet: ({ exists }) => exists('/usr/lib/postgresql'),
  reason: 'PostgreSQL is missing',
  packages: ['postgresql'],
};

export const sipp = program('sipp', 'sip-tester');

export const debootstrap: Need = {
  isMet: ({ has, exists }) => has('debootstrap') && exists('/usr/share/keyrings/debian-archive-keyring.gpg'),
  reason: "debootstrap or the keys of Debian's archive are missing",
  packages: ['debootstrap', 'debian-archive-keyring'],
};

/** The shell of Grafana's stock image. */
/** One that needs no library of the system. Both of Debian's packages bring it as /bin/busybox. */
export const busybox: Need = {
  isMet: ({ exists }) => exists('/bin/busybox') && exists('/usr/share/doc/busybox-static/copyright'),
  reason: 'busybox-static is missing',
  packages: ['busybox-static'],
};

export const go: Need = {
  // The version that go.mod asks for counts, and a Go that can fetch that by itself will do.
  isMet: ({ has, succeeds }) => has('go') && succeeds('go', ['list', '-m'], join(root, 'tests/conformance')),
  reason: 'Go is missing, or older than tests/conformance/go.mod asks for',
  advice: 'Install the current Go: https://go.dev/doc/install',
};

/** GCC's runtime library in the package for Alpine is Debian's. */
export const debian12: Need = {
  isMet: ({ arch, read }) => arch === 'x64' && /^VERSION_CODENAME=bookworm$/m.test(read('/etc/os-release')),
  reason: 'the package for Grafana’s stock image is made on Debian 12 (x64) only',
  advice: linux.advice!,
};

export const namespaces: Need = {
  isMet: ({ succeeds }) => succeeds('unshare', ['--root=/', '--mount-proc', '--net', '/bin/true']),
  reason: 'no process can be given a root of the file system and a network of its own',
  advice: 'Run npm test as root; in a container with --privileged.',
};

export const mounts: Need = {
  isMet: ({ succeeds }) => succeeds('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']),
  reason: 'no disk can be mounted',
  advice: 'Run npm test as root; in a container with --privileged.',
};
