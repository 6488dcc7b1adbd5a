import { join } from 'node:path';
import { bundleForNode } from './bundle-for-node';
import { layRuntime } from './lay-runtime';
import { bringsNode, buildProblem } from './node-binary';
import { targetOf } from './target';

/** Builds the plugin's server part for this machine into `dist`: `npm run build:server [entry]`. */
const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

const problem = buildProblem(process);
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
const ownNode = bringsNode(process) ? undefined : { file: process.execPath, version: process.version };
layRuntime(targetOf(process.platform, process.arch), { modules: join(root, 'node_modules'), ownNode }, dist);
void bundleForNode(process.argv[2] ?? join(root, 'src/server/main.ts'), join(dist, 'server/main.js')).catch(() =>
  process.exit(1)
);
