const { env } = require('node:process');
const unit = require('../unit/jest.config.js').projects[0];

/** Stores on a real PostgreSQL. */
module.exports = {
  ...unit,
  displayName: 'postgres',
  testMatch: ['<rootDir>/tests/postgres/**/*.test.ts'],
  testTimeout: 60_000,
  // Most of the time is waited for others. In a cluster tests share the names of schemas.
  testSequencer: '<rootDir>/tests/unit/slow-first.js',
  maxWorkers: env.CITUS_URL ? 1 : '100%',
};
