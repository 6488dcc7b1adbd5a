const { default: Sequencer } = require('@jest/test-sequencer');

const isSlow = ({ path }) => /\/(duckdb|postgres)-store\.test\.ts$/.test(path);

/**
 * Begins with the suite of a store, which takes longest. On a clean checkout jest knows no durations and goes by the
 * size of files, of which that is one of the smallest.
 */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};
