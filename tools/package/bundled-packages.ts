import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** An npm package of which parts are in a bundle. */
export interface BundledPackage {
  name: string;
  version: string;
  /** SPDX expression. */
  licence: string;
  /** What its authors ask to pass on. */
  text: string;
}

/**
 * The packages that the files of a bundle come from, by name. `files` are paths below `root`, or addresses that end in
 * such a path; those without `node_modules/` are no package's.
 * @throws Error for a package that tells its terms nowhere
 */
export function bundledPackages(files: readonly string[], root: string): BundledPackage[] {
  const paths = files.flatMap((file) => /node_modules\/.*/.exec(file)?.[0] ?? []);
  return [...Map.groupBy(paths, packageFolder)]
    .map(([folder, parts]) =>
      readPackage(
        join(root, folder),
        parts.map((part) => join(root, part))
      )
    )
    .sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}

/** From `node_modules/a/node_modules/@b/c/lib/d.js` to `node_modules/a/node_modules/@b/c`. */
function packageFolder(path: string): string {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)![0];
}

function readPackage(folder: string, files: readonly string[]): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  const text = licenceFiles(folder) || licenceOfReadme(folder) || copyrightNotices(files);
  if (!text) {
    throw new Error(
      `${folder} is bundled and tells its terms (${license}) neither in a file of its own nor elsewhere.`
    );
  }
  return { name, version, licence: license, text };
}

function licenceFiles(folder: string): string {
  return readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying|copyright)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    .join('\n\n');
}

function licenceOfReadme(folder: string): string {
  const file = join(folder, 'README.md');
  const readme = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^#+ licen[cs]e\s*\n([^#]*)/im.exec(readme)?.[1]?.trim() ?? '';
}

/** The comments at the head of source files, each once. */
function copyrightNotices(files: readonly string[]): string {
  const heads = files
    .filter((file) => existsSync(file))
    .map(
      (file) =>
        /^(?:\/\/.*\n)+|^\/\*[^]*?\*\//.exec(readFileSync(file, 'utf8').replace(/^["']use strict["'];\n/, ''))?.[0] ??
        ''
    );
  return [...new Set(heads)].filter((head) => /copyright/i.test(head)).join('\n');
}
