import { noTotals } from '../cdr/sum-facts';
import { InvalidQueryError } from '../query/invalid-query-error';
import { parseQuery } from '../query/parse-query';
import { cdrRecord } from '../../tests/support/cdr-builders';
import { turnsOfOthers } from '../../tests/support/turns-of-others';
import { PbxClock } from '../cdr/pbx-clock';
import { PbxClocks } from '../cdr/pbx-clocks';
import type { CdrRecord } from '../cdr/record';
import { recordLines } from './log-lines';
import { maskAnswer } from './mask-numbers';
import { recordsAnswer } from './row-columns';
import { statisticsAnswer } from './statistics-answer';
import { statisticsPlan } from './statistics-plan';

const hour = 3_600_000;
const defaults = { serviceLevelThreshold: 20, clocks: new PbxClocks({ newClock: () => new PbxClock('UTC') }) };

/** Sums of so many groups, one time bucket each. */
async function statistics(groups: number, query: object, hours = 24) {
  const asked = parseQuery({ queryType: 'statistics', groupBy: ['custom.recordingfile'], ...query });
  const range = { from: 0, to: hours * hour, intervalMs: 60_000 };
  const found = Array.from({ length: groups }, (_, n) => ({ bucket: 0, group: [`q-${n}.wav`], ...noTotals() }));
  return statisticsAnswer(asked, statisticsPlan(asked, range, defaults), found, '');
}

describe('an answer', () => {
  it('has no series for each call: it says how many there would be, and what to try', async () => {
    const asked = statistics(30_000, { format: 'timeseries', metrics: ['totalCalls', 'answerRate'], interval: '1h' });
    await expect(asked).rejects.toThrow(InvalidQueryError);
    await expect(asked).rejects.toThrow(
      'The answer would have 60,000 time series of 24 values each, but at most 5,000 series and 1,000,000 values in total are allowed. ' +
        'Group by fields with fewer values'
    );
  });

  it('has no few series of endless buckets', async () => {
    const asked = statistics(300, { format: 'timeseries', interval: '1m' }, 9_900 / 60);
    await expect(asked).rejects.toThrow('300 time series of 9,900 values each');
  });

  it('has the series that a panel can draw', async () => {
    expect((await statistics(100, { format: 'timeseries', interval: '1h' })).fields).toHaveLength(101);
    expect((await statistics(30_000, { format: 'table' })).fields[0]!.values).toHaveLength(30_000);
  });

  it.each([
    ['a table', (records: CdrRecord[]) => recordsAnswer(records, {})],
    ['lines of a log', (records: CdrRecord[]) => recordLines(records, {})],
    ['masked lines', async (records: CdrRecord[]) => maskAnswer(await recordLines(records, {}), 4)],
  ])('of 100,000 rows gives others their turn while it becomes %s', async (_, build) => {
    const turns = await turnsOfOthers(() => build(new Array<CdrRecord>(100_000).fill(cdrRecord())));
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('has no table of a column for each label that calls bring', async () => {
    const custom = (n: number) => Object.fromEntries(Array.from({ length: 5_000 }, (_, k) => [`l${n}-${k}`, '']));
    const records = Array.from({ length: 60 }, (_, n) => cdrRecord({ custom: custom(n) }));
    await expect(recordsAnswer(records, {})).rejects.toThrow(
      'The table would have 60 rows of 300,027 columns, 18,001,620 values in total, but at most 5,000,000 are allowed. Lower the limit.'
    );
  });
});
