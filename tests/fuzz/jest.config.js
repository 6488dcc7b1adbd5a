const unit = require('../unit/jest.config.js').projects[0];

/** Bad input of every kind: some thousand in CI, a million by `npm run fuzz`. */
module.exports = {
  ...unit,
  displayName: 'fuzz',
  testMatch: ['<rootDir>/tests/fuzz/**/*.test.ts'],
  testTimeout: 60_000,
};
