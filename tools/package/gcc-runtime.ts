import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** GCC's runtime library as Debian 12 builds it: it runs with glibc 2.36, older than that of Grafana's image. */
const version = '12.2.0-14+deb12u1';

const archives = [
  { name: 'libstdc++6', sha256: '5cd3171216d4ab0fc911cfe9c35509bf2dd8f47761c43b7f6a4296701551a24d' },
  { name: 'libgcc-s1', sha256: '3016e62cb4b7cd8038822870601f5ed131befe942774d0f745622cc77d8a88f7' },
  { name: 'gcc-12-base', sha256: '1896a2aacf4ad681ff5eacc24a5b0ca4d5d9c9b9c9e4b6de5197bc1e116ea619' },
];

/** GCC's runtime library, where it lies and under which terms it may be passed on. */
export interface GccRuntime {
  /** libstdc++.so.6 and libgcc_s.so.1 for x64. */
  libraries: string[];
  licence: string;
}

/**
 * Fetches Debian's packages into `folder` and unpacks them there.
 * @throws Error where apt-get can't, or what came is not what is pinned here
 */
export function fetchGccRuntime(folder: string): GccRuntime {
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked, { recursive: true });
  const fileOf = (name: string): string => join(folder, `${name}_${version}_amd64.deb`);
  const missing = archives.map(({ name }) => name).filter((name) => !existsSync(fileOf(name)));
  if (missing.length > 0) {
    download(missing, folder);
  }
  for (const { name, sha256 } of archives) {
    const file = fileOf(name);
    const found = createHash('sha256').update(readFileSync(file)).digest('hex');
    if (found !== sha256) {
      throw new Error(`${file} has the SHA-256 ${found}, expected ${sha256}.`);
    }
    execFileSync('dpkg-deb', ['--extract', file, unpacked]);
  }
  // The links between versions of a library mean nothing in a zip.
  const soname = join(folder, 'libstdc++.so.6');
  renameSync(realpathSync(join(unpacked, 'usr/lib/x86_64-linux-gnu/libstdc++.so.6')), soname);
  return {
    libraries: [soname, join(unpacked, 'lib/x86_64-linux-gnu/libgcc_s.so.1')],
    licence: `Source: Debian's source package gcc-12, version ${version}.

${readFileSync(join(unpacked, 'usr/share/doc/gcc-12-base/copyright'), 'utf8')}
${readFileSync('/usr/share/common-licenses/GPL-3', 'utf8')}`,
  };
}

function download(names: readonly string[], folder: string): void {
  // Lists of packages of its own: anybody may fetch them, and a new machine has none.
  const lists = join(folder, 'lists');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const apt = (...args: string[]): void => {
    const options = [`Dir::State::lists=${lists}`, `Dir::Cache=${folder}`].flatMap((option) => ['-o', option]);
    execFileSync('apt-get', [...options, ...args], { cwd: folder, stdio: 'pipe' });
  };
  try {
    apt('update');
    apt('download', ...names.map((name) => `${name}:amd64=${version}`));
  } catch (error) {
    throw new Error(
      `${names.join(', ')} ${version} can't be fetched: the Alpine package is made on Debian 12, as long as Debian serves that version. ` +
        (error instanceof Error ? error.message : String(error)),
      { cause: error }
    );
  }
}
