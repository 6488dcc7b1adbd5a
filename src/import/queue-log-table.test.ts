import * as v from 'valibot';
import { defaultRules } from '../../tests/support/cdr-builders';
import { csvTable } from '../../tools/cases/csv-table';
import type { QueueEvent } from '../cdr/queue-event';
import { PbxClock } from '../cdr/pbx-clock';
import { importEntries, type SavedImport } from '../settings/import-settings';
import { openHistory } from './open-history';

/** 2026-11-25 19:47:04 UTC. */
const at = 1_795_636_024;

interface Wanted {
  zone?: string;
  settings?: SavedImport;
  position?: string;
}

/** What a table of these rows, the first its columns, gives from a position on. */
async function read(rows: readonly string[], { zone = 'UTC', settings = {}, position = '' }: Wanted = {}) {
  const database = { port: 0, open: async () => csvTable(rows.join('\n')) };
  const source = await openHistory(
    {
      settings: v.parse(importEntries, { kind: 'queue_log', server: 'pbx', host: 'pbx', ...settings }),
      password: '',
      ca: '',
      csvFolder: undefined,
      clock: new PbxClock(zone),
      rules: defaultRules,
    },
    undefined,
    { mysql: database, postgres: database }
  );
  expect(source.stretches).toBeNull();
  const events: QueueEvent[] = [];
  let problems = {};
  let last = position;
  for await (const chunk of source.history(position, 0)) {
    events.push(...chunk.events);
    problems = { ...problems, ...chunk.problems };
    last = chunk.position;
  }
  return { events, problems, position: last };
}

const names = ({ events }: { events: QueueEvent[] }): string[] => events.map(({ name }) => name);

describe('a queue_log table', () => {
  it('of the adaptive layout is read, as FreePBX and Issabel have it', async () => {
    const read1 = await read([
      'id,time,callid,queuename,serverid,agent,event,data1,data2,data3,data4,data5,created',
      `1,2026-11-25 19:47:04.754321,${at}.754,support,,NONE,ENTERQUEUE,,5550281,1,,,2026-11-25 19:47:04`,
      `2,2026-11-25 19:47:06.120000,${at}.754,support,,PJSIP/1001,CONNECT,1,${at}.755,1,,,2026-11-25 19:47:06`,
      `3,2026-11-25 19:47:09.000000,${at}.754,support,,PJSIP/1001,ATTENDEDTRANSFER,LINK,a;1,a;2,1,3|1,2026-11-25`,
    ]);
    expect(read1.events).toMatchObject([
      { name: 'QueueCallerJoin', at: at * 1000 + 754, caller: { number: '5550281' } },
      { name: 'AgentConnect', at: (at + 2) * 1000 + 120, holdTime: 1, memberUniqueId: `${at}.755` },
      { name: 'AgentComplete', holdTime: 1, talkTime: 3, endedBy: 'transfer' },
      { name: 'AttendedTransfer', uniqueId: `${at}.754`, transfer: { result: 'Success' } },
    ]);
    expect(read1.problems).toEqual({});
  });

  it('with all data in one column, and epoch seconds as texts, is read too', async () => {
    const found = await read([
      'time,callid,queuename,agent,event,data',
      `${at},${at}.754,support,NONE,ENTERQUEUE,|5550281|1`,
      `${at + 1},${at}.754,support,Alice,CONNECT,1|${at}.755|1`,
    ]);
    expect(found.events).toMatchObject([
      { name: 'QueueCallerJoin', at: at * 1000, position: 1 },
      { name: 'AgentConnect', at: (at + 1) * 1000, interface: 'Alice' },
    ]);
  });

  it('is put in the order of its rows within a second', async () => {
    const row = (id: number, event: string): string => `${id},${at},${at}.7,support,P/1,${event}`;
    const found = await read([
      'id,time,callid,queuename,agent,event,data',
      row(10, `COMPLETEAGENT,0|0|1`),
      row(9, `CONNECT,0|${at}.8|0`),
      row(8, 'ENTERQUEUE,|5550|1'),
    ]);
    expect(names(found)).toEqual(['QueueCallerJoin', 'AgentConnect', 'AgentComplete']);
    expect(found.events.map(({ arrival }) => arrival)).toEqual([1_000, 1_001, 1_002]);
  });

  it.each([
    ["the PBX's own, which is set", 'Europe/Berlin', {}, '2026-11-25 20:47:04'],
    ["the PBX's own, which call IDs show", '', {}, '2026-11-25 20:47:04'],
    ['another one', '', { timeZone: 'America/New_York' }, '2026-11-25 14:47:04'],
    ['UTC, by queue_log_realtime_use_gmt', 'Europe/Berlin', { timeZone: 'UTC' }, '2026-11-25 19:47:04'],
  ])('has its times in %s', async (_, zone, settings, time) => {
    const found = await read(
      ['time,callid,queuename,agent,event,data1,data2', `${time},${at}.7,support,NONE,ENTERQUEUE,,5550`],
      { zone, settings }
    );
    expect(found.events.map((event) => event.at)).toEqual([at * 1000]);
  });

  it('is read on from the last row, and knows who was logged in there', async () => {
    const rows = ['time,callid,queuename,agent,event,data1', '2026-11-25 19:47:04,MANAGER,support,P/1,ADDMEMBER,'];
    const first = await read(rows);
    expect(first.position).toContain('P/1');
    const { events, position } = await read(
      [...rows, `2026-11-25 19:50:04,${at}.7,support,P/1,RINGNOANSWER,5000`],
      first
    );
    expect(events).toMatchObject([{ name: 'AgentRingNoAnswer' }]);
    expect(position).toMatch(/^2026-11-25 19:50:04\n/);
  });

  it('ends with a start of Asterisk what no line ended before', async () => {
    const { events } = await read([
      'time,callid,queuename,agent,event,data1,data2',
      `2026-11-25 19:47:04,${at}.7,support,NONE,ENTERQUEUE,,5550`,
      '2026-11-25 19:50:00,NONE,NONE,NONE,QUEUESTART,,',
    ]);
    expect(events).toMatchObject([
      { name: 'QueueCallerJoin' },
      { name: 'Hangup', uniqueId: `${at}.7`, imported: true, at: (at + 176) * 1000 },
    ]);
  });

  it('has rows without a possible time and cut ones counted and left out', async () => {
    const { events, problems } = await read([
      'time,callid,queuename,agent,event,data1,data2',
      `2026-11-25 19:47:04,${at}.7,support,NONE,ENTERQUEUE,,5550`,
      `2026-11-25 25:99:04,${at}.7,support,NONE,ABANDON,1,1`,
      `2026-11-25 19:47:09,${at}.7,support,NONE,ABANDON,1,`,
    ]);
    expect(names({ events })).toEqual(['QueueCallerJoin']);
    expect(problems).toEqual({ noStart: 1, notQueueLog: 1 });
  });

  it('that is a table of calls is refused, with what was found and what to try', async () => {
    await expect(read(['calldate,src,dst', '2026-11-25 19:47:04,1,2'])).rejects.toThrow(
      'The table has no column for time, callid, queuename, agent, event. Columns found: calldate, src, dst. ' +
        'If one of them is meant, enter its name under Columns.'
    );
  });

  it('has columns by other names where they are given', async () => {
    const found = await read(
      ['at,callid,queue,agent,event,data1,data2', `${at},${at}.7,support,NONE,ENTERQUEUE,,5550`],
      {
        settings: { columns: { time: 'at', queuename: 'queue' } },
      }
    );
    expect(names(found)).toEqual(['QueueCallerJoin']);
  });
});
