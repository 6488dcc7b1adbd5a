/**
 * Threads of Node's pool: each statement that runs takes one, so it needs more than its four, for several data sources
 * and exports at once, and each takes memory. Node reads the variable when the pool is first used.
 */
const threads = { name: 'UV_THREADPOOL_SIZE', value: '16' };

const nodeOptions = [
  // MB of one of three spaces for new objects, which V8 otherwise lets grow to 16 MB when events come, and keeps.
  '--max-semi-space-size=2',
  // For `dropGarbageOfStart`.
  '--expose-gc',
];

/**
 * Pools in which glibc, and the jemalloc in DuckDB, keep what was freed: without a limit each of the threads comes to have
 * one of its own. Source: "TUNING" in jemalloc(3).
 */
const pools = 'MALLOC_ARENA_MAX=1 DUCKDB_JE_MALLOC_CONF=narenas:1,tcache:false';

/**
 * The script that Grafana starts. It gives its child no PATH, so only builtins of the shell are used. `libraryPath` is
 * where shared libraries are looked for first, with `$dir` for the plugin's folder, and `node` the Node that it starts.
 */
export function shellLauncher({
  libraryPath,
  node = '$dir/runtime/node',
}: { libraryPath?: string; node?: string } = {}): string {
  const libraries = libraryPath === undefined ? [] : [`LD_LIBRARY_PATH="${libraryPath}"`];
  const environment = [...libraries, pools, `${threads.name}=${threads.value}`].join(' ');
  return `#!/bin/sh
dir=\${0%/*}
[ "$dir" = "$0" ] && dir=.
${environment} exec "${node}" ${nodeOptions.join(' ')} "$dir/server/main.js" "$@"
`;
}

/** The same for a Node binary that starts by itself, where Grafana can start no script. */
export const nodeLauncher = {
  options: nodeOptions,
  script: `process.env.${threads.name} = '${threads.value}';
require('node:module').createRequire(process.execPath)('./server/main.js');
`,
};
