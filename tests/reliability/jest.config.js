const unit = require('../unit/jest.config.js').projects[0];

/** Kills, full disks, damaged files, load and upgrades: what docs/reliability.md tells of. */
module.exports = {
  ...unit,
  displayName: 'reliability',
  testMatch: ['<rootDir>/tests/reliability/**/*.test.ts'],
  testTimeout: 60_000,
};
