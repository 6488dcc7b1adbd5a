const unit = require('../unit/jest.config.js').projects[0];

/** Imports from a real MariaDB and a real PostgreSQL, and from files. */
module.exports = {
  ...unit,
  displayName: 'import',
  testMatch: ['<rootDir>/tests/import/**/*.test.ts'],
  testTimeout: 60_000,
  // Most of the time is waited for others.
  maxWorkers: '100%',
};
