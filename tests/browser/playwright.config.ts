import { defineConfig } from '@playwright/test';

/** The workbench in Debian's Chromium; no browser is downloaded. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/browser',
  timeout: 60_000,
  expect: { timeout: 20_000 },
  workers: 1,
  use: {
    baseURL: 'http://127.0.0.1:3998',
    viewport: { width: 1400, height: 1000 },
    screenshot: 'on',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic'],
    },
  },
  webServer: {
    command: 'npx tsx tools/workbench/main.ts',
    cwd: '../..',
    env: { PORT: '3998', WORKBENCH_DATA: 'test-results/workbench-data' },
    url: 'http://127.0.0.1:3998/workbench/data-source',
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
