import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nodeLauncher, shellLauncher } from './launcher';
import { packagedNode, type NodeBinary } from './node-binary';
import { placeFile } from './place-file';
import { singleExecutable } from './single-executable';
import { executableOf, type Target } from './target';

/** What a runtime is laid from. */
export interface RuntimeParts {
  /** Folder with the npm packages of the target, a `node_modules`. */
  modules: string;
  /** For a system without the runtime library of GCC: the shared libraries it is made of. */
  gccLibraries?: readonly string[];
  /** Where that system has its glibc. */
  glibcFolder?: string;
  /** The Node to start where it is, instead of the one in `modules`. */
  ownNode?: NodeBinary;
}

/**
 * Lays what runs the server's bundle into the plugin folder: Node, DuckDB's library and the launcher that Grafana starts.
 * Windows starts no scripts: there the launcher is Node itself.
 */
export function layRuntime(
  target: Target,
  { modules, gccLibraries = [], glibcFolder, ownNode }: RuntimeParts,
  folder: string
): void {
  layDuckdb(target, modules, folder);
  const launcher = join(folder, executableOf(target));
  const node = ownNode ?? packagedNode(target, modules);
  if (target.goos === 'windows') {
    writeFileSync(launcher, singleExecutable(readFileSync(node.file), node.version, nodeLauncher));
  } else if (ownNode) {
    // Its libraries may lie beside it, so it is started where it is.
    rmSync(join(folder, 'runtime'), { recursive: true, force: true });
    writeFileSync(launcher, shellLauncher({ node: ownNode.file }));
  } else {
    placeFile(node.file, join(folder, 'runtime/node'));
    gccLibraries.forEach((file) => placeFile(file, join(folder, 'runtime/lib', basename(file))));
    writeFileSync(launcher, shellLauncher({ libraryPath: glibcFolder && `$dir/runtime/lib:${glibcFolder}` }));
  }
  chmodSync(launcher, 0o755);
}

function layDuckdb({ duckdbPackage }: Target, modules: string, folder: string): void {
  const from = join(modules, duckdbPackage);
  const to = join(folder, 'server/node_modules', duckdbPackage);
  mkdirSync(to, { recursive: true });
  const needed = readdirSync(from).filter((file) => file !== 'README.md');
  needed.forEach((file) => placeFile(join(from, file), join(to, file)));
}
