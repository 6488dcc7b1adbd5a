const unit = require('../unit/jest.config.js').projects[0];

/** The built plugin over the real plugin protocol, with the simulator as its PBX. */
module.exports = {
  ...unit,
  displayName: 'integration',
  testMatch: ['<rootDir>/tests/integration/**/*.test.ts'],
  testTimeout: 60_000,
  // Most of the time is waited for others.
  maxWorkers: '100%',
};
