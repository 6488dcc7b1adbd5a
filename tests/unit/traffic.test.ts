import { answerQuery } from '../../src/answers/answer-query';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { InvalidQueryError } from '../../src/query/invalid-query-error';
import { parseQuery } from '../../src/query/parse-query';
import { answerRows } from '../../tools/replay/answer-rows';
import { answerSource } from '../support/answer-source';
import { cdrRecord, defaultRules, queueEvent, noon } from '../support/cdr-builders';

const minute = 60_000;
const hour = 60 * minute;
/** A Tuesday. */
const day = Date.UTC(2026, 10, 24);

interface Lasting {
  /** Minutes since midnight. */
  from: number;
  minutes: number;
  trunk?: string;
}

/** Answers about calls that last some minutes, as tables or series. */
function askOf(calls: readonly Lasting[]) {
  const store = new MemoryStore(1000, defaultRules);
  const records = calls.map(({ from, minutes, trunk = 'PJSIP/a' }, n) =>
    cdrRecord({
      ...{ linkedId: `${n}.1`, uniqueId: `${n}.1`, trunk, startTime: day + from * minute },
      ...{ endTime: day + (from + minutes) * minute, duration: minutes * 60, utcOffset: 0 },
    })
  );
  store.add({ records, events: [] });
  return async (
    query: object,
    [from = 0, to = 0]: readonly number[] = [day, day + 24 * hour],
    now = to + 24 * hour
  ) => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
    try {
      return await answerQuery(
        answerSource(store),
        parseQuery({ queryType: 'statistics', metrics: ['peakConcurrentCalls', 'erlangs'], ...query }),
        { from, to, intervalMs: minute }
      );
    } finally {
      clock.mockRestore();
    }
  };
}

const rowsOf = async (answer: ReturnType<ReturnType<typeof askOf>>) => answerRows(await answer);
const textsOf = async (answer: ReturnType<ReturnType<typeof askOf>>) =>
  ((await answer).meta.notices ?? []).map(({ text }) => text);

describe('calls at the same time', () => {
  const ask = askOf([
    { from: 600, minutes: 90 },
    { from: 630, minutes: 30, trunk: 'PJSIP/b' },
    { from: 650, minutes: 5, trunk: 'PJSIP/b' },
  ]);

  it('are counted in each time bucket that they last into, beside figures of those that began in it', async () => {
    const query = { format: 'timeseries', interval: '1h', metrics: ['totalCalls', 'peakConcurrentCalls', 'erlangs'] };
    const { fields } = await ask(query, [day + 9 * hour, day + 13 * hour]);
    expect(fields.slice(1).map(({ values }) => values)).toEqual([
      [0, 3, 0, 0],
      [0, 3, 1, 0],
      [0, (60 + 30 + 5) / 60, 0.5, 0],
    ]);
  });

  it('are those of each trunk, whose peaks are no sum', async () => {
    expect(await rowsOf(ask({ groupBy: ['trunk'] }, [day + 10 * hour, day + 12 * hour]))).toEqual([
      { trunk: 'PJSIP/a', peakConcurrentCalls: 1, erlangs: 0.75 },
      { trunk: 'PJSIP/b', peakConcurrentCalls: 2, erlangs: 35 / 120 },
    ]);
  });

  it('are there for a group of which no call began in the range', async () => {
    const query = { groupBy: ['trunk'], metrics: ['totalCalls', 'peakConcurrentCalls'] };
    expect(await rowsOf(ask(query, [day + 11 * hour, day + 12 * hour]))).toEqual([
      { trunk: 'PJSIP/a', totalCalls: 0, peakConcurrentCalls: 1 },
    ]);
  });

  it('rank the first groups; all others together have a peak too, but by hours, which the answer says', async () => {
    const query = { groupBy: ['trunk'], top: 1, metrics: ['peakConcurrentCalls', 'erlangs'] };
    const three = askOf([
      { from: 0, minutes: 60 },
      { from: 0, minutes: 60, trunk: 'PJSIP/b' },
      { from: 0, minutes: 60, trunk: 'PJSIP/b' },
      { from: 60, minutes: 60, trunk: 'PJSIP/c' },
    ]);
    const range = [day, day + 2 * hour];
    expect(await rowsOf(three(query, range))).toEqual([
      { trunk: 'PJSIP/b', peakConcurrentCalls: 2, erlangs: 1 },
      { trunk: '(others)', peakConcurrentCalls: 1, erlangs: 1 },
    ]);
    expect(await textsOf(three(query, range))).toEqual([]);
    const byHours = { ...query, groupBy: ['trunk', 'hourOfDay'] };
    const noPeak = expect.stringContaining('The row (others) has no peak');
    expect(await textsOf(three(byHours, range))).toContainEqual(noPeak);
    expect(await textsOf(three({ ...byHours, metrics: ['erlangs'] }, range))).not.toContainEqual(noPeak);
  });

  it('are by hour of day those of each hour that they last into, over all days of the range', async () => {
    const query = { groupBy: ['hourOfDay'] };
    const rows = await rowsOf(ask(query, [day, day + 48 * hour]));
    expect(rows).toHaveLength(24);
    expect(rows.slice(10, 12)).toEqual([
      { hourOfDay: '10', peakConcurrentCalls: 3, erlangs: 95 / 120 },
      { hourOfDay: '11', peakConcurrentCalls: 1, erlangs: 30 / 120 },
    ]);
  });

  it('are by month and year those of each month that they last into, whose hours may be too many to ask for', async () => {
    const overMonths = askOf([
      { from: 0, minutes: 60 },
      { from: 6 * 24 * 60 + 23 * 60, minutes: 120 },
      { from: 45 * 24 * 60, minutes: 60, trunk: 'PJSIP/b' },
    ]);
    const query = { groupBy: ['year', 'month', 'trunk'], metrics: ['totalCalls', 'peakConcurrentCalls'] };
    const rows = await rowsOf(overMonths(query, [day, day + 300 * 24 * hour]));
    expect(rows).toHaveLength(11 * 2);
    expect(rows.filter(({ peakConcurrentCalls }) => peakConcurrentCalls !== 0)).toEqual([
      { year: '2026', month: '2026-11', trunk: 'PJSIP/a', totalCalls: 2, peakConcurrentCalls: 1 },
      { year: '2026', month: '2026-12', trunk: 'PJSIP/a', totalCalls: 0, peakConcurrentCalls: 1 },
      { year: '2027', month: '2027-01', trunk: 'PJSIP/b', totalCalls: 1, peakConcurrentCalls: 1 },
    ]);
  });

  it('make a heat map by hour and weekday, empty where the range has no such hour', async () => {
    const query = { format: 'heatmap', metrics: ['erlangs'], groupBy: ['hourOfDay', 'dayOfWeek'], timeZone: 'UTC' };
    const { fields } = await ask(query);
    const tuesday = fields.find(({ name }) => name === 'tuesday')!.values;
    expect([tuesday[9], tuesday[10], tuesday[11]]).toEqual([0, 95 / 60, 0.5]);
    expect(fields.find(({ name }) => name === 'monday')!.values[10]).toBeNull();
    const inParis = await ask({ ...query, timeZone: 'Europe/Paris' });
    expect(inParis.fields.find(({ name }) => name === 'tuesday')!.values[12]).toBe(0.5);
  });

  it('are a mean up to now in the bucket that goes on, and nothing in those to come', async () => {
    const query = { format: 'timeseries', interval: '1h' };
    const { fields } = await ask(query, [day + 11 * hour, day + 14 * hour], day + 11.75 * hour);
    expect(fields.slice(1).map(({ values }) => values)).toEqual([
      [1, null, null],
      [30 / 45, null, null],
    ]);
  });

  it('say that those in progress are missing where the range ends now, and only there', async () => {
    const missing = expect.stringContaining('Calls in progress are counted when they end');
    const range = [day, day + 12 * hour];
    expect(await textsOf(ask({}, range, day + 12 * hour))).toEqual([missing]);
    expect(await textsOf(ask({}, range, day + 13 * hour))).toEqual([]);
    expect(await textsOf(ask({ metrics: ['totalCalls'] }, range, day + 12 * hour))).toEqual([]);
  });

  it('are refused in more groups and time buckets than an answer may be made of', async () => {
    const some = Array.from({ length: 200 }, (_, n) => ({ from: n, minutes: 1, trunk: `PJSIP/${n}` }));
    const refused = askOf(some)({ groupBy: ['trunk', 'hourOfDay'] }, [day, day + 5_001 * hour]);
    await expect(refused).rejects.toThrow(/200 groups with 5,001 time buckets each, 1,000,200 values in total/);
    await expect(refused).rejects.toThrow(InvalidQueryError);
  });
});

describe('visits at the same time', () => {
  it('are those who wait, and those who wait or talk', async () => {
    const store = new MemoryStore(1000, defaultRules);
    const visit = (linkedId: string, joined: number, waited: number, talked: number) => {
      const own = { linkedId, uniqueId: linkedId, queue: 'support' };
      return [
        queueEvent('QueueCallerJoin', joined, own),
        queueEvent('AgentConnect', joined + waited, { ...own, holdTime: waited }),
        queueEvent('AgentComplete', joined + waited + talked, { ...own, holdTime: waited, talkTime: talked }),
      ];
    };
    store.add({ records: [], events: [...visit('1.1', 0, 30, 60), ...visit('2.1', 20, 10, 30)] });
    const metrics = ['peakCallersWaiting', 'meanCallersWaiting', 'peakQueueCalls', 'queueErlangs'];
    const query = parseQuery({ queryType: 'statistics', groupBy: ['queue'], metrics });
    const range = { from: noon, to: noon + 100_000, intervalMs: 1_000 };
    expect(answerRows(await answerQuery(answerSource(store), query, range))).toEqual([
      { queue: 'support', peakCallersWaiting: 2, meanCallersWaiting: 0.4, peakQueueCalls: 2, queueErlangs: 1.3 },
    ]);
  });
});

describe('the busiest hour', () => {
  const ask = askOf([
    { from: 570, minutes: 40 },
    { from: 600, minutes: 30 },
    { from: 24 * 60 + 15, minutes: 10 },
  ]);

  it('is a row a day, by the clock that is asked for', async () => {
    const query = { queryType: 'busiestHours', timeZone: 'Europe/Paris' };
    const { fields } = await ask(query, [day, day + 48 * hour]);
    expect(fields.map(({ name, values }) => [name, values])).toEqual([
      ['day', ['2026-11-24', '2026-11-25']],
      ['hour', ['10:30-11:30', '00:30-01:30']],
      ['time', [day + 9.5 * hour, day + 23.5 * hour]],
      ['erlangs', [70 / 60, 10 / 60]],
      ['peakConcurrentCalls', [2, 1]],
      ['totalCalls', [2, 1]],
    ]);
  });

  it('is of the calls that pass the filters, and says why there is none', async () => {
    const answer = await ask({ queryType: 'busiestHours', filters: { trunk: ['PJSIP/other'] } });
    expect(answer.fields[0]!.values).toEqual([]);
    expect(answer.meta.notices).not.toEqual([]);
  });

  it('is refused of more quarters of an hour than a store gives', async () => {
    const years = ask({ queryType: 'busiestHours' }, [day - 6 * 366 * 24 * hour, day]);
    await expect(years).rejects.toThrow(/210,816 quarters of an hour, but at most 200,000/);
  });
});
