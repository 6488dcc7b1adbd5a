import { execFile } from 'node:child_process';
import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { onPlatform } from '../test/on-platform';

const run = promisify(execFile);
const { file, args, shell } = onPlatform(process.platform, ['npm', 'run', '--silent', 'build']);
const settleMs = 300;

/** Builds the plugin again when a source changes, one build at a time, then calls `onBuilt`. */
export function watchSources(root: string, onBuilt: () => Promise<void>): FSWatcher {
  let timer: NodeJS.Timeout | undefined;
  let building = Promise.resolve();
  const rebuild = async (): Promise<void> => {
    try {
      await run(file, args, { cwd: root, shell });
      await onBuilt();
      console.log('Built again; reload the page.');
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
    }
  };
  return watch(path.join(root, 'src'), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => (building = building.then(rebuild)), settleMs);
  });
}
