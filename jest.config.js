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

/** Unit tests beside their sources. Browser folders run in jsdom, everything else in Node. */
module.exports = {
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      transform,
      testMatch: ['<rootDir>/{src,tools}/**/*.test.ts'],
      testPathIgnorePatterns: ['/src/(datasource|editor)/'],
    },
    {
      displayName: 'browser',
      testEnvironment: 'jsdom',
      transform,
      testMatch: ['<rootDir>/src/{datasource,editor}/**/*.test.{ts,tsx}'],
      setupFiles: ['<rootDir>/tests/jsdom-globals.ts'],
      setupFilesAfterEnv: ['@testing-library/jest-dom'],
      transformIgnorePatterns: [],
    },
  ],
};
