import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Directory } from '../../src/cdr/directory';
import { readBusinessHours } from '../../src/cdr/business-hours';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { defaultDerivation, unansweredQueueRecord } from '../support/cdr-builders';
import { answerRows } from '../../tools/replay/answer-rows';
import { parseCapture } from '../../tools/replay/parse-capture';
import type { TimeRange } from '../../src/answers/answer';
import type { CallParts } from '../../src/cdr/call-parts';
import type { Gap } from '../../src/cdr/gap';
import { queryTypes } from '../../src/query/model';
import { parseQuery } from '../../src/query/parse-query';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import type { Store } from '../../src/store/store';
import { answerQuery, type AnswerSource } from '../../src/answers/answer-query';
import { EventReader } from '../../src/amiws/event-reader';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { answerSource } from '../support/answer-source';

const capture = path.join(__dirname, '../captures/two-pbx.jsonl');
const range = { from: Date.UTC(2026, 10, 24, 13), to: Date.UTC(2026, 10, 24, 14), intervalMs: 60_000 };
const defaults = { serviceLevelThreshold: 20, clocks: new PbxClocks(defaultDerivation) };

function readCapture(): CallParts {
  const reader = new EventReader({
    rules: defaultDerivation.rules,
    clocks: new PbxClocks(defaultDerivation),
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
  let store: Store;
  const ask = async (json: object) => answerQuery(answerSource(store), parseQuery(json), range);
  const rows = async (json: object) => answerRows(await ask(json));

  beforeAll(async () => {
    store = await openDuckDbStore(':memory:', defaultDerivation);
    await store.add(readCapture());
  });
  afterAll(() => store.close());

  it('have no times where they have no series', async () => {
    const asked = { queryType: 'statistics', format: 'timeseries', groupBy: ['queue'], interval: '1m' };
    const nothing = await ask({ ...asked, filters: { queue: ['none of them'] } });
    expect(nothing.fields.map(({ name, values }) => [name, values.length])).toEqual([['time', 0]]);
    expect((await ask(asked)).fields[0]!.values).toHaveLength(60);
  });

  it('call the group of calls without a value (none), beside names, and take it as a filter', async () => {
    const directory = new Directory([{ kind: 'queue', id: 'support', name: 'Support desk', teams: [] }]);
    const asked = { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['queue'] };
    const source = { ...answerSource(store), directory };
    const { fields } = await answerQuery(source, parseQuery(asked), range);
    const texts = (fields[0]!.config.mappings ?? []).flatMap(({ options }) =>
      Object.entries(options).map(([id, { text }]) => [id, text])
    );
    expect(Object.fromEntries(texts)).toMatchObject({ '': '(none)', support: 'Support desk (support)' });
    const found = await rows(asked);
    expect(found.map(({ queue }) => queue)).toContain('');
    expect(await rows({ ...asked, filters: { queue: '(none)' } })).toEqual(found.filter(({ queue }) => queue === ''));
    const series = (await ask({ ...asked, format: 'timeseries', interval: '1h' })).fields;
    expect(series.map(({ config }) => config.displayNameFromDS)).toContain('(none)');
  });

  it('tell what came in and out of hours, by the clock that is asked for, and when none are set', async () => {
    const asked = { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['businessHours'] };
    const byHours = async (lines: string[], more: object = {}) => {
      const source = answerSource(store);
      const withHours = { ...source, defaults: { ...defaults, businessHours: readBusinessHours(lines, []) } };
      const { fields, meta } = await answerQuery(withHours, parseQuery({ ...asked, ...more }), range);
      return [fields.map(({ values }) => values), meta.notices?.map(({ text }) => text) ?? []];
    };
    expect(await byHours(['Tue 13:00-14:00'])).toEqual([[['in hours'], [22]], []]);
    expect(await byHours(['Tue 13:00-14:00'], { timeZone: 'Europe/Paris' })).toEqual([[['out of hours'], [22]], []]);
    const [split] = await byHours(['Tue 13:00-13:30', 'Tue 13:30-13:31']);
    const filtered = { filters: { businessHours: ['out of hours'], timeOfDay: ['13:30-14:00'] } };
    const [outside] = await byHours(['Tue 13:00-13:30', 'Tue 13:30-13:31'], filtered);
    expect((split as unknown[][])[1]!.reduce((sum: number, calls) => sum + Number(calls), 0)).toBe(22);
    expect((outside as unknown[][])[0]).toEqual((split as unknown[][])[0]!.slice(1));
    const [none, said] = await byHours([]);
    expect(none).toEqual([[''], [22]]);
    expect(said).toEqual([expect.stringMatching(/^No business hours are set\./)]);
    const [, unread] = await byHours(['Tue 13:00-14:00', 'always']);
    expect(unread).toEqual([expect.stringMatching(/^1 entry of the business hours .* "always"/)]);
  });

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

  it('count short abandons by the query, else the data source, else the service level', async () => {
    const shorts = async (query: object, shortAbandonThreshold?: number) => {
      const source = { ...answerSource(store), defaults: { ...defaults, shortAbandonThreshold } };
      const asked = { queryType: 'statistics', metrics: ['shortAbandons'], filters: { server: ['pbx-east'] } };
      const [row] = answerRows(await answerQuery(source, parseQuery({ ...asked, ...query }), range));
      return row!.shortAbandons;
    };
    // They waited 5, 6, 10 and 12 s.
    expect(await shorts({ shortAbandonThreshold: 10 }, 5)).toBe(3);
    expect(await shorts({}, 5)).toBe(1);
    expect(await shorts({ serviceLevelThreshold: 6 })).toBe(2);
    expect(await shorts({ serviceLevelThreshold: 6 }, 0)).toBe(2);
  });

  it('give percentiles of each group and bucket, and none where there is no value', async () => {
    const metrics = ['waitTimeP50', 'waitTimeP90', 'answerTimeP90'];
    const asked = { queryType: 'statistics', metrics, filters: { server: ['pbx-east'] } };
    expect(await rows({ ...asked, groupBy: 'queue' })).toEqual([
      { queue: 'sales', waitTimeP50: 6, waitTimeP90: 10, answerTimeP90: null },
      { queue: 'support', waitTimeP50: 2, waitTimeP90: 12, answerTimeP90: 2 },
    ]);
    // Of all waits of both: 2, 5, 6, 10 and 12 s.
    expect(await rows(asked)).toEqual([{ waitTimeP50: 6, waitTimeP90: 12, answerTimeP90: 2 }]);
    const overTime = await rows({ ...asked, format: 'timeseries', interval: '1m' });
    const firstOfEach = metrics.map((metric) => overTime.map((row) => row[metric]).find((value) => value !== null));
    expect(firstOfEach).not.toContain(undefined);
    expect(overTime).toContainEqual(expect.objectContaining({ waitTimeP50: null, answerTimeP90: null }));
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
      answerSource(store),
      parseQuery({ queryType: 'statistics', metrics: ['totalCalls', 'answerRate'] }),
      empty
    );
    expect(answerRows(answer)).toEqual([{ totalCalls: 0, answerRate: null }]);
  });

  it('give no log-in times of agents who were not heard to log in, and say so', async () => {
    const { fields, meta } = await ask({ queryType: 'statistics', metrics: ['loggedInTime'], groupBy: ['agent'] });
    expect(new Set(fields[1]!.values)).toEqual(new Set([null]));
    expect(meta.notices).toContainEqual(
      expect.objectContaining({ text: expect.stringMatching(/^Log-in times of (\d+) of \1 agents/) })
    );
  });

  it('say where LinkedID is not mapped, and where visits are told from records', async () => {
    const other = await openDuckDbStore(':memory:', defaultDerivation);
    const record = unansweredQueueRecord({ linkedIdMapped: false });
    await other.add({ records: [record], events: [] });
    const noticesOf = async (json: object) => {
      const source = answerSource(other);
      const { meta } = await answerQuery(source, parseQuery(json), range);
      return meta.notices?.map(({ text }) => text).join(' ');
    };
    expect(await noticesOf({ queryType: 'calls' })).toContain('LinkedID is not mapped');
    expect(await noticesOf({ queryType: 'statistics', metrics: ['totalCalls'] })).toContain('LinkedID is not mapped');
    const queues = await noticesOf({ queryType: 'statistics', metrics: ['callsOffered'] });
    expect(queues).toContain('1 of 1 queue visits are derived from CDRs');
    await other.close();
  });

  it('refuse more time buckets than a panel can hold, saying what to try', async () => {
    const year = { ...range, from: range.to - 365 * 86_400_000 };
    const query = parseQuery({ queryType: 'statistics', format: 'timeseries', interval: '1m' });
    await expect(async () => answerQuery(answerSource(store), query, year)).rejects.toThrow('Choose a wider interval');
  });

  it.each(queryTypes)('refuse a range of %s that no calendar has, before anything is looked at', async (queryType) => {
    const query = parseQuery({ queryType, format: 'timeseries', interval: '1w', timeZone: 'Europe/Paris' });
    const years = { from: 0, to: Date.UTC(9999, 11, 31), intervalMs: 60_000 };
    await expect(answerQuery({} as AnswerSource, query, years)).rejects.toThrow('"to" of the time range is 9999-12-31');
    await expect(answerQuery({} as AnswerSource, query, { ...years, from: NaN })).rejects.toThrow('found NaN');
  });

  it('count an agent of two teams in each of them, say so, and let a team be a filter', async () => {
    const directory = new Directory([
      { kind: 'agent', id: '1001', name: 'Ann', teams: ['Front', 'Back'] },
      { kind: 'agent', id: '1002', name: '', teams: ['Back'] },
    ]);
    const asked = { queryType: 'statistics', metrics: ['callsHandled', 'ringNoAnswer'] };
    const byTeam = async (json: object) =>
      answerQuery({ ...answerSource(store), directory }, parseQuery({ ...asked, ...json }), range);
    const east = { server: 'pbx-east' };
    const teams = await byTeam({ groupBy: ['team'], filters: east });
    expect(answerRows(teams)).toEqual([
      { team: '', callsHandled: 0, ringNoAnswer: 16 },
      { team: 'Back', callsHandled: 3, ringNoAnswer: 4 },
      { team: 'Front', callsHandled: 3, ringNoAnswer: 1 },
    ]);
    expect(teams.meta.notices).toContainEqual({
      severity: 'info',
      text: expect.stringContaining('1 agent is in several teams and counts in each of them'),
    });
    expect(answerRows(await byTeam({ groupBy: ['agent'], filters: { ...east, team: ['Front'] } }))).toEqual([
      { agent: '1001', callsHandled: 3, ringNoAnswer: 1 },
    ]);
    const none = { conditions: [{ field: 'team', operator: '=', values: [''] }] };
    expect(answerRows(await byTeam({ filters: { ...east, ...none } }))).toEqual([
      { callsHandled: 0, ringNoAnswer: 16 },
    ]);
    expect(answerRows(await byTeam({ filters: east }))).toEqual([{ callsHandled: 3, ringNoAnswer: 20 }]);
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

  it.each(['records', 'calls'])(
    'say that %s are cut at the limit, and nothing where there are no more',
    async (queryType) => {
      const all = (await rows({ queryType })).length;
      const saidAt = async (limit: number, more: object = {}) => {
        const { fields, meta } = await ask({ queryType, limit, ...more });
        expect(fields[0]!.values.length).toBeLessThanOrEqual(limit);
        return (meta.notices ?? []).flatMap(({ text }) => /^More rows match than the (\d+) /.exec(text)?.[1] ?? []);
      };
      expect(await saidAt(all - 1)).toEqual([String(all - 1)]);
      expect(await saidAt(all - 1, { format: 'logs' })).toEqual([String(all - 1)]);
      expect(await saidAt(all)).toEqual([]);
      expect(await saidAt(all - 1, { offset: 1 })).toEqual([]);
    }
  );

  it('name the gaps that the range touches, of the servers asked for', async () => {
    const gap = { server: 'pbx-east', startTime: range.from - 60_000, endTime: range.from + 60_000 };
    const source: AnswerSource = { ...answerSource(store), gaps: async () => [{ ...gap, reason: 'disconnected' }] };
    const noticesOf = async (json: object) => (await answerQuery(source, parseQuery(json), range)).meta.notices;
    expect(await noticesOf({ queryType: 'statistics', metrics: ['totalCalls'] })).toEqual([
      {
        severity: 'warning',
        text:
          "Calls may be missing. pbx-east wasn't heard from 2026-11-24 12:59:00 UTC to 2026-11-24 13:01:00 UTC because " +
          "the data source wasn't connected.",
      },
    ]);
    expect(await noticesOf({ queryType: 'calls', filters: { server: 'pbx-west' } })).toBeUndefined();
  });

  it('name where Asterisk counted other visits, of the queues asked for', async () => {
    const found = { server: 'pbx-east', queue: 'support', agent: '', outcome: 'abandoned' as const, more: 3 };
    const asked: number[][] = [];
    const source: AnswerSource = {
      ...answerSource(store),
      differences: async (from, to) => {
        asked.push([from, to]);
        return [{ ...found, startTime: range.from, endTime: range.from + 180_000 }];
      },
    };
    const noticesOf = async (json: object) => (await answerQuery(source, parseQuery(json), range)).meta.notices;
    expect(await noticesOf({ queryType: 'statistics', metrics: ['totalCalls'] })).toEqual([
      {
        severity: 'warning',
        text: expect.stringContaining('pbx-east, queue support: Asterisk counted 3 more abandoned visits'),
      },
    ]);
    expect(asked).toEqual([[range.from, range.to]]);
    expect(await noticesOf({ queryType: 'calls', filters: { queue: 'sales' } })).toBeUndefined();
  });

  it('mark where Asterisk counted other visits, of the PBXes asked for', async () => {
    const found = {
      queue: 'support',
      agent: '',
      outcome: 'abandoned' as const,
      startTime: range.from,
      endTime: range.from + 180_000,
    };
    const source: AnswerSource = {
      ...answerSource(store),
      differences: async () => [
        { ...found, server: 'pbx-east', more: 3 },
        { ...found, server: 'pbx-west', more: -1 },
        { ...found, server: 'pbx-east', queue: 'sales', more: 1 },
      ],
    };
    const filters = { server: 'pbx-east', queue: 'support' };
    const json = { queryType: 'annotations', annotationKinds: 'queueDifference', filters };
    const marks = answerRows(await answerQuery(source, parseQuery(json), range));
    expect(marks.map(({ title, tags, time, timeEnd }) => [title, tags, time, timeEnd])).toEqual([
      [
        'Queue figures differ from Asterisk: pbx-east, queue support',
        'queueDifference,pbx-east',
        '2026-11-24T13:00:00.000Z',
        '2026-11-24T13:03:00.000Z',
      ],
    ]);
  });

  it('mark gaps, restarts and bursts of missed calls, the earliest first', async () => {
    await store.addRestart({ server: 'pbx-west', time: range.from + 1000 });
    const source: AnswerSource = {
      ...answerSource(store),
      gaps: async () => [
        { server: 'pbx-east', startTime: range.from, endTime: range.from + 120_000, reason: 'silent' },
      ],
    };
    const json = { queryType: 'annotations', annotationKinds: ['missedBurst', 'restart', 'gap'], burstCalls: 4 };
    const marks = answerRows(await answerQuery(source, parseQuery({ ...json, burstMinutes: 60 }), range));
    expect(marks.map(({ kind, server, title, tags }) => [kind, server, title, tags])).toEqual([
      ['missedBurst', 'pbx-east', '4 missed calls', 'missedBurst,pbx-east'],
      ['gap', 'pbx-east', 'Gap: pbx-east', 'gap,pbx-east'],
      ['missedBurst', 'pbx-west', '4 missed calls', 'missedBurst,pbx-west'],
      ['restart', 'pbx-west', 'pbx-west restarted', 'restart,pbx-west'],
    ]);
    expect(
      answerRows(await answerQuery(source, parseQuery({ ...json, burstCalls: 5, burstMinutes: 60 }), range))
    ).toHaveLength(2);
  });

  it('mark no gap shorter than the query asks for, but all in which calls are known to be missing', async () => {
    const gap = { server: 'pbx-east', startTime: range.from, endTime: range.from + 4_000, reason: 'silent' } as const;
    const dropped = { ...gap, server: 'pbx-west', reason: 'dropped' } as const;
    const source: AnswerSource = { ...answerSource(store), gaps: async () => [gap, dropped] };
    const ask = async (shortestGap?: number) =>
      answerRows(
        await answerQuery(source, parseQuery({ queryType: 'annotations', annotationKinds: 'gap', shortestGap }), range)
      ).map(({ text }) => text);
    expect(await ask()).toEqual([expect.stringMatching(/the store didn't accept them .* Duration: 4 s\./)]);
    expect(await ask(4)).toEqual([expect.stringMatching(/the PBX sent nothing\. Duration: 4 s\./), expect.anything()]);
  });

  it('join gaps that are nearer than a panel can tell apart, and mark a thousand at most', async () => {
    const day = { ...range, from: range.to - 86_400_000 };
    const gap = (startTime: number, ms: number, server = 'pbx-east') =>
      ({ server, startTime, endTime: startTime + ms, reason: 'disconnected' }) as const;
    const ask = async (gaps: readonly Gap[], asked: TimeRange) => {
      const source: AnswerSource = { ...answerSource(store), gaps: async () => [...gaps] };
      const json = { queryType: 'annotations', annotationKinds: ['gap'], shortestGap: 1 };
      return answerQuery(source, parseQuery(json), asked);
    };
    const flapping = Array.from({ length: 86_000 }, (_, n) => gap(day.from + n * 1000, 500));
    expect(answerRows(await ask(flapping, day))).toMatchObject([
      { timeEnd: new Date(flapping.at(-1)!.endTime).toISOString() },
    ]);

    const apart = Array.from({ length: 86_000 }, (_, n) => gap(n * 300_000, 1_000, `pbx-${n % 100}`));
    const many = await ask(apart, { ...day, from: day.to - 1000 });
    expect(answerRows(many)).toHaveLength(1_000);
    expect(answerRows(many).at(-1)).toMatchObject({ time: new Date(apart.at(-1)!.startTime).toISOString() });
    expect(many.meta.notices?.[0]?.text).toContain('Only the latest 1,000 of 86,000 annotations are shown');
  });

  it('show each PBX as a row that an alert rule can take', async () => {
    const source: AnswerSource = {
      ...answerSource(store),
      serversNow: () => [
        { server: 'pbx-east', state: 'up', silentSeconds: 3, heardSince: 0, clockOffset: 0.2, sendsDialEnds: null },
        {
          server: 'pbx-west',
          state: 'down',
          silentSeconds: 90,
          heardSince: null,
          clockOffset: null,
          sendsDialEnds: null,
        },
      ],
    };
    const answer = await answerQuery(source, parseQuery({ queryType: 'servers' }), range);
    expect(answer.meta).toMatchObject({ type: 'numeric-long', typeVersion: [0, 1] });
    expect(answerRows(answer)).toEqual([
      { server: 'pbx-east', state: 'up', up: 1, silentSeconds: 3, clockOffset: 0.2 },
      { server: 'pbx-west', state: 'down', up: 0, silentSeconds: 90, clockOffset: null },
    ]);
  });

  it('show calls and records as lines of a log', async () => {
    const filters = { server: 'pbx-east', outcome: 'abandoned', queue: 'support' };
    const answer = await ask({ queryType: 'calls', format: 'logs', filters });
    expect(answer.meta).toMatchObject({ type: 'log-lines', preferredVisualisationType: 'logs' });
    expect(answerRows(answer)).toMatchObject([
      {
        severity: 'warning',
        body: 'inbound sipp → 200 abandoned, queue support, duration 12 s, wait 12 s',
        labels: { server: 'pbx-east', outcome: 'abandoned', queue: 'support' },
      },
    ]);
    const records = await rows({ queryType: 'records', format: 'logs', filters: { server: 'pbx-east' } });
    expect(new Set(records.map(({ id }) => id)).size).toBe(31);
  });

  it('hold ad hoc filters against every call', async () => {
    const conditions = [
      { field: 'queue', operator: '=~', values: ['s.*'] },
      { field: 'queue', operator: '!=', values: ['sales'] },
      { field: 'duration', operator: '>', values: ['1'] },
    ];
    const found = await rows({ queryType: 'calls', filters: { server: 'pbx-east', conditions } });
    expect(new Set(found.map(({ queue }) => queue))).toEqual(new Set(['support']));
  });
});
