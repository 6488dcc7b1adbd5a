const unit = require('../unit/jest.config.js').projects[0];

/** The packages that `npm run package` made: what is in them, and that they run where they are for. */
module.exports = {
  ...unit,
  displayName: 'package',
  testMatch: ['<rootDir>/tests/package/**/*.test.ts'],
  testTimeout: 120_000,
};
