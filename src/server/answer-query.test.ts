import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeFrame } from '../amiws/decode-frame';
import { defaultDerivation, unansweredQueueRecord } from '../../tests/support/cdr-builders';
import { answerRows } from '../../tools/replay/answer-rows';
import { parseCapture } from '../../tools/replay/parse-capture';
import type { CallParts } from '../cdr/call-parts';
import { parseQuery } from '../query/parse-query';
import { DuckDbStore } from '../store/duckdb/duckdb-store';
import { answerQuery } from './answer-query';
import { EventReader } from './event-reader';

const capture = path.join(__dirname, '../../tests/captures/two-pbx.jsonl');
const range = { from: Date.UTC(2026, 10, 24, 13), to: Date.UTC(2026, 10, 24, 14), intervalMs: 60_000 };
const defaults = { serviceLevelThreshold: 20, timeZone: '', pbxOffset: 0 };

function readCapture(): CallParts {
  const reader = new EventReader({
    derivation: defaultDerivation,
    clockOffset: () => 0,
    onProblem: (problem) => {
      throw new Error(`The capture has a bad ${problem}.`);
    },
  });
  const frames = parseCapture(readFileSync(capture, 'utf8')).map(({ at, data }) => decodeFrame(data, at));
  const parts = frames.flatMap((frame) => (frame.kind === 'event' ? [reader.read(frame)] : []));
  return { records: parts.flatMap(({ records }) => records), events: parts.flatMap(({ events }) => events) };
}

describe('the answers to a capture of two PBXes', () => {
  let store: DuckDbStore;
  const ask = async (json: object) => answerQuery({ store, defaults, queuesNow: () => [] }, parseQuery(json), range);
  const rows = async (json: object) => answerRows(await ask(json));

  beforeAll(async () => {
    store = await DuckDbStore.open(':memory:', defaultDerivation);
    await store.add(readCapture());
  });
  afterAll(() => store.close());

  it('count each queue as `queue show` did', async () => {
    const figures = {
      support: {
        callsOffered: 2,
        callsAnswered: 1,
        callsAbandoned: 1,
        abandonmentRate: 50,
        serviceLevelPct: 50,
        averageSpeedOfAnswer: 2,
      },
      sales: {
        callsOffered: 3,
        callsAnswered: 0,
        callsAbandoned: 3,
        abandonmentRate: 100,
        serviceLevelPct: 0,
        averageSpeedOfAnswer: null,
      },
    };
    const metrics = Object.keys(figures.support);
    expect(await rows({ queryType: 'statistics', metrics, groupBy: ['server', 'queue'] })).toEqual(
      ['pbx-east', 'pbx-west'].flatMap((server) => [
        { server, queue: 'sales', ...figures.sales },
        { server, queue: 'support', ...figures.support },
      ])
    );
  });

  it("give Asterisk's own service levels", async () => {
    const level = (serviceLevelDefinition: string, serviceLevelThreshold: number) =>
      rows({
        queryType: 'statistics',
        metrics: ['serviceLevelPct'],
        groupBy: 'queue',
        serviceLevelDefinition,
        serviceLevelThreshold,
      });
    expect(await level('asterisk', 20)).toContainEqual({ queue: 'support', serviceLevelPct: 100 });
    const [sales] = await level('asterisk2', 5);
    expect(sales?.serviceLevelPct).toBeCloseTo(33.3, 1);
  });

  it('count calls, not records', async () => {
    expect(
      await rows({
        queryType: 'statistics',
        metrics: [
          'totalCalls',
          'answeredCalls',
          'abandonedCalls',
          'busyCalls',
          'failedCalls',
          'selfServedCalls',
          'missedCalls',
          'recordCount',
        ],
        groupBy: 'server',
      })
    ).toEqual(
      ['pbx-east', 'pbx-west'].map((server) => ({
        server,
        totalCalls: 11,
        answeredCalls: 3,
        abandonedCalls: 4,
        busyCalls: 2,
        failedCalls: 1,
        selfServedCalls: 1,
        missedCalls: 0,
        recordCount: 31,
      }))
    );
  });

  it('fill time series with zero counts and no rates', async () => {
    const { fields, meta } = await ask({
      queryType: 'statistics',
      metrics: ['totalCalls', 'answerRate'],
      groupBy: 'server',
      format: 'timeseries',
      interval: '15m',
      filters: { server: 'pbx-east' },
    });
    expect(meta.type).toBe('timeseries-wide');
    expect(fields.map(({ name, nullable, labels, config }) => [name, nullable, labels, config.unit])).toEqual([
      ['time', false, undefined, undefined],
      ['totalCalls', undefined, { server: 'pbx-east' }, undefined],
      ['answerRate', undefined, { server: 'pbx-east' }, 'percent'],
    ]);
    expect(fields[1]!.values).toEqual([0, 11, 0, 0]);
    expect(fields[2]!.values).toEqual([null, (100 * 3) / 11, null, null]);
  });

  it('answer an empty range with a zero count and no rate', async () => {
    const empty = { ...range, from: 0, to: 1000 };
    const answer = await answerQuery(
      { store, defaults, queuesNow: () => [] },
      parseQuery({ queryType: 'statistics', metrics: ['totalCalls', 'answerRate'] }),
      empty
    );
    expect(answerRows(answer)).toEqual([{ totalCalls: 0, answerRate: null }]);
  });

  it('say where LinkedID is not mapped, and where visits are told from records', async () => {
    const other = await DuckDbStore.open(':memory:', defaultDerivation);
    const record = unansweredQueueRecord({ linkedIdMapped: false });
    await other.add({ records: [record], events: [] });
    const noticesOf = async (json: object) => {
      const source = { store: other, defaults, queuesNow: () => [] };
      const { meta } = await answerQuery(source, parseQuery(json), range);
      return meta.notices?.map(({ text }) => text).join(' ');
    };
    expect(await noticesOf({ queryType: 'calls' })).toContain('LinkedID is not mapped');
    expect(await noticesOf({ queryType: 'statistics', metrics: ['totalCalls'] })).toContain('LinkedID is not mapped');
    const queues = await noticesOf({ queryType: 'statistics', metrics: ['callsOffered'] });
    expect(queues).toContain('1 of 1 queue visits are told from CDR records');
    await other.close();
  });

  it('refuse more time buckets than a panel can hold, saying what to try', async () => {
    const year = { ...range, from: range.to - 365 * 86_400_000 };
    const query = parseQuery({ queryType: 'statistics', format: 'timeseries', interval: '1m' });
    await expect(async () => answerQuery({ store, defaults, queuesNow: () => [] }, query, year)).rejects.toThrow(
      'choose a wider interval'
    );
  });

  it('show records with their custom fields, and calls one row each', async () => {
    const records = await rows({ queryType: 'records', filters: { server: 'pbx-east' }, sortOrder: 'asc', limit: 1 });
    expect(records).toMatchObject([
      { startTime: '2026-11-24T13:25:00.000Z', 'custom.Department': 'front-desk', direction: 'inbound' },
    ]);
    expect(
      await rows({ queryType: 'calls', filters: { outcome: 'abandoned', queue: 'sales', server: 'pbx-east' } })
    ).toHaveLength(3);
  });
});
