import type { Logger } from '../../plugin-protocol/log';
import { BadInput } from './bad-input';

function recordingLog(lines: unknown[]): Logger {
  const log: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message, fields) => lines.push({ message, ...fields }),
    error: () => undefined,
    child: () => log,
  };
  return log;
}

describe('bad input', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is counted at once and logged once a minute, one line a reason', () => {
    const lines: unknown[] = [];
    const badInput = new BadInput(recordingLog(lines));
    for (let n = 0; n < 1000; n++) {
      badInput.add('not-json', `garbage ${n}`);
    }
    badInput.add('too-large', 'xxx');
    expect(badInput.counts).toEqual({ 'not-json': 1000, 'too-large': 1 });
    expect(lines).toEqual([]);
    jest.advanceTimersByTime(60_000);
    expect(lines).toMatchObject([
      { reason: 'not-json', count: 1000, example: 'garbage 999' },
      { reason: 'too-large', count: 1, example: 'xxx' },
    ]);
    jest.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(2);
    badInput.close();
  });
});
