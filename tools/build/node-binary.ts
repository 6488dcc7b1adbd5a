import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTarget, type Target } from './target';

/** A Node that the launcher starts. */
export interface NodeBinary {
  file: string;
  version: string;
}

type Running = Pick<NodeJS.Process, 'platform' | 'arch' | 'version'>;

/** Whether `npm ci` brings the pinned Node; elsewhere it is the developer's own. */
export const bringsNode = ({ platform, arch }: Running): boolean => platform === 'linux' && arch === 'x64';

/** Why the server part can't be built for the machine that runs this; undefined where it can. */
export function buildProblem(running: Running): string | undefined {
  const { platform, arch, version } = running;
  if (!isTarget(platform, arch)) {
    return `npm start and the build don't work on ${platform}-${arch}: use Linux x64, or a container with --platform linux/amd64.`;
  }
  return bringsNode(running) || version.startsWith('v24.')
    ? undefined
    : `npm start and the build need Node 24 on ${platform}-${arch}, not ${version}: install it from https://nodejs.org.`;
}

/** The Node of a target's npm package. */
export function packagedNode({ goos, nodePackage }: Target, modules: string): NodeBinary {
  const folder = join(modules, nodePackage);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { file: join(folder, goos === 'windows' ? 'bin/node.exe' : 'bin/node'), version: `v${version}` };
}
