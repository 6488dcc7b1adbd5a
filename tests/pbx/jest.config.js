const unit = require('../unit/jest.config.js').projects[0];

/** The built plugin against real Asterisks with SIPp phones and callers, all versions side by side. */
module.exports = {
  ...unit,
  displayName: 'pbx',
  maxWorkers: 2,
  testMatch: ['<rootDir>/tests/pbx/**/*.test.ts'],
};
