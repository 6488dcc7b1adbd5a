const { join } = require('node:path');
const { env } = require('node:process');

const rootDir = join(__dirname, '../..');

const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
        target: 'es2022',
      },
    },
  ],
};

/** What @grafana/* needs comes in part as ES modules only, which jest can't require. */
const transformPackages = {
  '^.+\\.m?js$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};

/** With GRAFANA_LIBRARIES, a folder, the browser part runs with React and @grafana/* that are installed there. */
const { GRAFANA_LIBRARIES: folder } = env;
const libraries = folder
  ? { '^((?:react|react-dom|@grafana/\\w+)(?:/.*)?)$': `<rootDir>/${folder}/node_modules/$1` }
  : {};

/**
 * Unit tests beside their sources, and in tests/unit those that compare folders which may not import each other. Browser
 * folders run in jsdom, everything else in Node.
 */
module.exports = {
  // A busy machine is slow; only what hangs runs into it.
  testTimeout: 60_000,
  // One core stays free by default, which on a small machine is half of it.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/tests/unit/slow-first.js',
  rootDir,
  projects: [
    {
      displayName: 'node',
      rootDir,
      testEnvironment: 'node',
      transform,
      testMatch: ['<rootDir>/{src,tools,tests/unit}/**/*.test.ts'],
      testPathIgnorePatterns: ['/src/(browser-mode|datasource|editor)/'],
    },
    {
      displayName: 'browser',
      rootDir,
      testEnvironment: 'jsdom',
      transform: { ...transform, ...transformPackages },
      testMatch: ['<rootDir>/src/{browser-mode,datasource,editor}/**/*.test.{ts,tsx}'],
      moduleNameMapper: {
        '\\.css$': '<rootDir>/tests/empty-style.ts',
        '^react-inlinesvg$': '<rootDir>/tests/inline-svg.ts',
        ...libraries,
      },
      setupFiles: ['<rootDir>/tests/jsdom-globals.ts'],
      setupFilesAfterEnv: ['@testing-library/jest-dom', '<rootDir>/tests/patience.ts'],
      transformIgnorePatterns: [],
    },
  ],
};
