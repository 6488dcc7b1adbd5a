import type { Dimension } from '../../src/cdr/dimensions';
import { differences } from './differences';
import type { QueueLogCounts } from './queue-log';
import { isKnownTo } from './scenario';
import { expectedCalls, teamsOf, type Row, type ScriptedHour } from './scripted-hour';

/** Seconds by which figures may be apart from what queue_log has. */
const sources = [
  ['live', 1],
  ['log', 0],
  ['logAndCsv', 0],
] as const;
type Source = (typeof sources)[number][0];

const bands = [1, 2, 4, 10];
const bandTexts = ['0–1 s', '2 s', '3–4 s', '5–10 s', 'over 10 s'];

/** Its member rang while amiws was away: that he answered is known by the end of the talk, not for how long he rang. */
const ringUnheard = 'away-late';

/** Distributions of a scripted hour and its figures by all ways to cut, against what Asterisk wrote of it. */
export function describeCuts(hourOf: () => ScriptedHour): void {
  const figures = (source: Source, metrics: string[], groupBy: Dimension[], more: object = {}): Promise<Row[]> =>
    hourOf()[source]({ queryType: 'statistics', metrics, groupBy, ...more });
  /** The queues that a source can know, with what queue_log says of them. */
  const logged = (source: Source): Array<[queue: string, counts: QueueLogCounts]> =>
    [...hourOf().queueLog].filter(
      ([queue, { entered }]) => entered > 0 && (source !== 'live' || differences.live.queues[queue] === undefined)
    );

  it.each(sources)('half, 90 and 95 % wait and talk as long as queue_log says (%s)', async (source, apart) => {
    const percents = [50, 90, 95];
    const metrics = percents.flatMap((percent) => [`waitTimeP${percent}`, `queueTalkTimeP${percent}`]);
    const rows = new Map((await figures(source, metrics, ['queue'])).map((row) => [row.queue, row]));
    const wrong = logged(source).flatMap(([queue, { holdTimes, abandonTimes, talkTimes }]) =>
      percents.flatMap((percent) =>
        [
          [`waitTimeP${percent}`, nearestRank([...holdTimes, ...abandonTimes], percent)] as const,
          [`queueTalkTimeP${percent}`, nearestRank(talkTimes, percent)] as const,
        ]
          .map(([metric, seconds]) => ({ queue, metric, seconds, found: rows.get(queue)?.[metric] }))
          .filter(({ seconds, found }) =>
            seconds === null ? found !== null : !(Math.abs(Number(found ?? NaN) - seconds) <= apart)
          )
      )
    );
    expect(wrong).toEqual([]);
  });

  it.each(sources)('bands hold the waits and rings that queue_log says (%s)', async (source, apart) => {
    const waits = await figures(source, ['callsAnswered', 'callsAbandoned'], ['queue', 'waitBand'], { bands });
    const rings = await figures(source, ['callsHandled'], ['queue', 'ringBand'], { bands });
    const within = (rows: Row[], queue: string, metric: string, band: Dimension, place: number): number =>
      rows
        .filter((row) => row.queue === queue && bandTexts.slice(0, place + 1).includes(String(row[band])))
        .reduce((sum, row) => sum + Number(row[metric]), 0);
    const wrong = logged(source).flatMap(([queue, { holdTimes, abandonTimes, ringTimes }]) =>
      bands.flatMap((bound, place) =>
        [
          ['callsAnswered', holdTimes, within(waits, queue, 'callsAnswered', 'waitBand', place)] as const,
          ['callsAbandoned', abandonTimes, within(waits, queue, 'callsAbandoned', 'waitBand', place)] as const,
          ['callsHandled', ringTimes, within(rings, queue, 'callsHandled', 'ringBand', place)] as const,
        ]
          .filter(([metric]) => metric !== 'callsHandled' || source !== 'live' || queue !== ringUnheard)
          .filter(([, seconds, found]) => !isCount(found, seconds, bound, apart))
          .map((wrong) => [queue, ...wrong])
      )
    );
    expect(wrong).toEqual([]);
  });

  it.each(sources)('short abandons are those that queue_log has within the threshold (%s)', async (source, apart) => {
    const rows = await figures(source, ['shortAbandons'], ['queue'], { shortAbandonThreshold: 3 });
    const wrong = logged(source).filter(
      ([queue, { abandonTimes }]) =>
        !isCount(Number(rows.find((row) => row.queue === queue)?.shortAbandons), abandonTimes, 3, apart)
    );
    expect(wrong).toEqual([]);
  });

  it.each(sources)(
    'callers who waited for long are found by the wait that queue_log says (%s)',
    async (source, apart) => {
      const rows = await figures(source, ['callsAnswered'], ['queue'], { filters: { maxWaitTime: 2 } });
      const answered = new Map(rows.map((row) => [row.queue, Number(row.callsAnswered)]));
      const wrong = logged(source).filter(
        ([queue, { holdTimes }]) => !isCount(answered.get(queue) ?? 0, holdTimes, 2, apart)
      );
      expect(wrong).toEqual([]);
    }
  );

  it.each(sources)('callers, agents and transfers end as many talks as queue_log says (%s)', async (source) => {
    const rows = await figures(source, ['callsAnswered'], ['queue', 'endedBy']);
    const lines = rows
      .filter(({ callsAnswered, endedBy }) => callsAnswered !== 0 && endedBy !== '')
      .map(({ queue, endedBy, callsAnswered }) => `${queue}: ${endedBy} ${callsAnswered}`);
    expect(lines.sort()).toEqual(
      logged(source)
        .flatMap(([queue, { ends }]) => [...ends].map(([by, talks]) => `${queue}: ${by} ${talks}`))
        .sort()
    );
  });

  it.each(['live', 'csv', 'table'] as const)(
    'calls are cut by source, trunk and calling agent (%s)',
    async (source) => {
      const ask = (metrics: string[], groupBy: Dimension[], filters = {}): Promise<Row[]> =>
        hourOf()[source]({ queryType: 'statistics', metrics, groupBy, filters });
      const known = expectedCalls.filter((call) => call.direction === 'inbound' && isKnownTo(source, call));
      const bySource = await ask(['totalCalls'], ['source'], { direction: ['inbound'] });
      expect(bySource.map((row) => `${row.source} ${row.totalCalls}`).sort()).toEqual(
        known.map((call) => `${call.source} 1`).sort()
      );
      const byTrunk = await ask(['totalCalls'], ['direction', 'trunk'], { direction: ['inbound', 'outbound'] });
      expect(byTrunk.map((row) => `${row.direction} ${row.trunk} ${row.totalCalls}`).sort()).toEqual([
        `inbound PJSIP/trunk-acme ${known.length}`,
        'outbound PJSIP/provider-beta 1',
      ]);
      const byAgent = await ask(['totalCalls'], ['destination', 'callingAgent'], { destination: '15551234' });
      expect(byAgent).toMatchObject([{ destination: '915551234', callingAgent: '1008', totalCalls: 1 }]);
    }
  );

  it('a number dialled from outside is the DID of its call, of which Master.csv knows only where it led', async () => {
    const filters = { source: '5550104' };
    const didOf = async (source: 'live' | 'csv') =>
      (await hourOf()[source]({ queryType: 'calls', filters })).map(({ did, destination }) => [did, destination]);
    expect([await didOf('live'), await didOf('csv')]).toEqual([[['5550900', '200']], [['200', '200']]]);
    expect(await figures('live', ['callsOffered'], ['did', 'queue'], { filters: { did: ['5550900'] } })).toMatchObject([
      { did: '5550900', queue: 'support', callsOffered: 1 },
    ]);
  });

  it('members have the names of queues.conf, and who calls out that of the phone, behind the number of the trunk', async () => {
    expect(await hourOf().namesOf('agent')).toMatchObject({ 1004: 'Grace Hopper (1004)' });
    expect(await hourOf().namesOf('callingAgent')).toMatchObject({ 1008: 'Ada Byron (1008)' });
    const [call] = await hourOf().live({ queryType: 'calls', filters: { destination: '15551234' } });
    expect(call).toMatchObject({ source: '5550900', callingAgent: '1008' });
  });

  it('teams handled what queue_log says of their agents', async () => {
    const rows = await figures('live', ['callsHandled'], ['team'], {
      filters: { queue: ['support', 'sales', 'overflow', 'hunt', 'freepbx'] },
    });
    const connects = [...hourOf().queueLog.values()].flatMap((counts) => [...counts.connects]);
    const handledBy = (agent: string): number =>
      connects
        .filter(([member]) => (member === 'Grace Hopper' ? '1004' : member.replace('PJSIP/', '')) === agent)
        .reduce((sum, [, calls]) => sum + calls, 0);
    const expected = ['Front desk', 'Overflow'].map((team) => {
      const agents = teamsOf.filter(({ teams }) => teams.some((name) => name === team));
      return [team, agents.reduce((sum, { id }) => sum + handledBy(id), 0)];
    });
    const handled = new Map(rows.map((row) => [row.team, row.callsHandled]));
    expect(expected.map(([team]) => [team, handled.get(team)])).toEqual(expected);
  });

  it('callers enter by the minute as queue_log has them, and in or out of hours', async () => {
    const entries = logged('live').flatMap(([, counts]) => counts.entries);
    const clock = { timeZone: 'UTC' };
    const offered = async (filters: object): Promise<number> =>
      Number((await figures('live', ['callsOffered'], [], { ...clock, filters }))[0]!.callsOffered);
    const before = (time: number): number => entries.filter((at) => at < time / 1000).length;
    // A caller may enter within a second of a minute, and the event comes a moment later.
    const isBefore = (found: number, time: number): boolean =>
      found >= before(time - 1000) && found <= before(time + 1000);
    const minute = Math.ceil((Math.min(...entries) + 1) / 60) * 60_000;
    const text = new Date(minute).toISOString().slice(11, 16);
    const [early, late] = [
      await offered({ timeOfDay: [`00:00-${text}`] }),
      await offered({ timeOfDay: [`${text}-24:00`] }),
    ];
    expect([early + late, isBefore(early, minute)]).toEqual([entries.length, true]);
    const byHours = await figures('live', ['callsOffered'], ['businessHours'], clock);
    const inHours = Number(byHours.find(({ businessHours }) => businessHours === 'in hours')?.callsOffered ?? 0);
    const outOfHours = Number(byHours.find(({ businessHours }) => businessHours === 'out of hours')?.callsOffered ?? 0);
    expect([inHours + outOfHours, isBefore(outOfHours, hourOf().openFrom)]).toEqual([entries.length, true]);
  });

  it('the queues with most callers stand alone, and all others as one', async () => {
    const rows = await figures('log', ['callsOffered'], ['queue'], { top: 3 });
    const offered = logged('log').map(([queue, { entered }]) => ({ queue, entered }));
    offered.sort((a, b) => b.entered - a.entered || (a.queue < b.queue ? -1 : 1));
    const rest = offered.slice(3).reduce((sum, { entered }) => sum + entered, 0);
    expect(rows.map(({ queue, callsOffered }) => [queue, callsOffered])).toEqual([
      ...offered.slice(0, 3).map(({ queue, entered }) => [queue, entered]),
      ['(others)', rest],
    ]);
  });
}

/** The least of some seconds that at least so many percent of them do not exceed. */
function nearestRank(seconds: readonly number[], percent: number): number | null {
  const sorted = [...seconds].sort((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null;
}

/** Whether so many of some times are within a bound, each of which may be some seconds apart. */
function isCount(found: number, seconds: readonly number[], bound: number, apart: number): boolean {
  const within = (most: number): number => seconds.filter((one) => one <= most).length;
  return found >= within(bound - apart) && found <= within(bound + apart);
}
