/** Platform that a server build is for. Grafana asks for an executable named after Go's GOOS and GOARCH. */
export interface Target {
  goos: string;
  goarch: string;
  /** npm package with the Node runtime. */
  nodePackage: string;
  /** npm package with DuckDB's native library. */
  duckdbPackage: string;
}

const goos: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };
const goarch: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** @throws Error for a platform that the server part isn't built for */
export function targetOf(platform: string, arch: string): Target {
  const os = goos[platform];
  const cpu = goarch[arch];
  if (!os || !cpu) {
    throw new Error(
      `No server build for ${platform}-${arch}: expected ${Object.keys(goos).join(' or ')} on ${Object.keys(goarch).join(' or ')}.`
    );
  }
  return {
    goos: os,
    goarch: cpu,
    nodePackage: `node-${platform}-${arch}`,
    duckdbPackage: `@duckdb/node-bindings-${platform}-${arch}`,
  };
}
