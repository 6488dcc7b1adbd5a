import { defineConfig } from '@playwright/test';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { simulatorPort } from './cdr-source';

/** A real Grafana at GRAFANA_URL with the built plugin, and the simulator as its PBX. */
export default defineConfig<PluginOptions>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 1,
  use: {
    baseURL: process.env.GRAFANA_URL ?? 'http://127.0.0.1:3000',
    viewport: { width: 1400, height: 1000 },
    screenshot: 'on',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic'],
    },
  },
  webServer: {
    command: `npx tsx tools/simulator/main.ts --port ${simulatorPort} --speed 60`,
    cwd: '../..',
    port: simulatorPort,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 3_000 },
  },
});
