const unit = require('../unit/jest.config.js').projects[0];

/** The built plugin against a real Asterisk with SIPp phones and callers. */
module.exports = { ...unit, displayName: 'pbx', testMatch: ['<rootDir>/tests/pbx/**/*.test.ts'] };
