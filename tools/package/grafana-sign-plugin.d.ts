/** Grafana's own list of what a signature covers; its package has no types. */
declare module '@grafana/sign-plugin/dist/utils/manifest.js' {
  export function buildManifest(
    folder: string
  ): Promise<{ plugin: string; version: string; files: Record<string, string> }>;
}
