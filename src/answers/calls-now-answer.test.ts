import { answerSource } from '../../tests/support/answer-source';
import type { CallNow } from '../cdr/calls-now';
import { Directory } from '../cdr/directory';
import type { BoardNow } from '../cdr/pbx-board';
import type { ServerNow } from '../cdr/server-now';
import { parseQuery } from '../query/parse-query';
import type { Answer } from './answer';
import { answerQuery } from './answer-query';
import { maskedQuery } from './ask-masked';
import { maskAnswer } from './mask-numbers';
import { textsOf } from './value-mappings';

const now = Date.UTC(2026, 10, 24, 12, 30);
const number = '4930555123';

const call = (more: Partial<CallNow>): CallNow => ({
  ...{ server: 'east', linkedId: '1795571230.0', state: 'talking', since: now - 60_000, startTime: now - 90_000 },
  ...{ direction: 'inbound', source: number, callerName: 'Ann', destination: '200', queue: '', waitingId: '' },
  ...{ trunk: 'PJSIP/trunk-acme', callingAgent: '', agents: [], ringing: [], accountCode: '' },
  ...more,
});
const caller = (uniqueId: string, more: object = {}) => ({
  ...{ uniqueId, number, name: 'Ann', since: now - 30_000, place: 1, ...more },
});
const board: BoardNow = {
  now,
  queues: [
    {
      ...{ server: 'east', queue: 'support', members: [] },
      callers: [caller('1795571230.5'), caller('1795571000.1', { number: '', name: '', since: now - 10_000 })],
    },
  ],
  calls: [
    call({ agents: ['1001', '1002'], queue: 'support' }),
    call({
      state: 'waiting',
      linkedId: '1795571230.4',
      queue: 'support',
      waitingId: '1795571230.5',
      ringing: ['1003'],
    }),
    call({
      server: 'west',
      state: 'on hold',
      direction: 'outbound',
      callingAgent: '1004',
      source: '1004',
      agents: ['1005'],
    }),
  ],
};
const pbx = (more: Partial<ServerNow>): ServerNow => ({
  ...{
    server: 'east',
    state: 'up',
    silentSeconds: 1,
    heardSince: now - 86_400_000,
    clockOffset: 0,
    sendsDialEnds: true,
  },
  ...more,
});
const directory = new Directory([
  { kind: 'agent', id: '1001', name: 'Alice Miller', teams: ['Front'] },
  { kind: 'agent', id: '1003', name: 'Carl', teams: [] },
  { kind: 'queue', id: 'support', name: 'Help desk', teams: [] },
]);

async function ask(
  json: object,
  { servers = [pbx({}), pbx({ server: 'west' })], masked = false } = {}
): Promise<Answer> {
  const source = { ...answerSource({} as never), boardNow: () => board, serversNow: () => servers, directory };
  const query = parseQuery(json);
  const range = { from: now - 3_600_000, to: now, intervalMs: 1_000 };
  const answer = await answerQuery(source, masked ? maskedQuery(query) : query, range);
  return masked ? maskAnswer(answer, 3) : answer;
}
const column = ({ fields }: Answer, name: string) => fields.find((field) => field.name === name)?.values;
const rows = async (queryType: string, filters: object = {}, more: object = {}) =>
  column(await ask({ queryType, filters, ...more }), 'linkedId');
const notices = ({ meta }: Answer) => meta.notices?.map(({ severity, text }) => `${severity}: ${text}`) ?? [];

describe('calls now', () => {
  it('are one row a call: its state and since when, who with whom', async () => {
    const answer = await ask({ queryType: 'callsNow' });
    expect(Object.fromEntries(answer.fields.map(({ name, values }) => [name, values[0]]))).toEqual({
      ...{ state: 'talking', stateSeconds: 60, direction: 'inbound', source: number, callerName: 'Ann' },
      ...{ destination: '200', queue: 'support', agent: '1001, 1002', ringing: '', callingAgent: '' },
      ...{ trunk: 'PJSIP/trunk-acme', duration: 90, since: now - 60_000, startTime: now - 90_000 },
      ...{ server: 'east', linkedId: '1795571230.0' },
    });
    expect(answer.meta.type).toBeUndefined();
  });

  it.each([
    [{ server: ['west'] }, 1],
    [{ queue: ['support'] }, 2],
    [{ agent: ['1002'] }, 1],
    [{ agent: ['1003'] }, 1],
    [{ team: ['Front'] }, 1],
    [{ direction: ['outbound'] }, 1],
    [{ callingAgent: ['1004'] }, 1],
    [{ trunk: ['PJSIP/other'] }, 0],
    [{ source: '0555' }, 2],
    [{ destination: '20' }, 3],
    [{ linkedId: ['1795571230.4'] }, 1],
    [{ conditions: [{ field: 'queue', operator: '!=', values: ['support'] }] }, 1],
    [{ minDuration: 91 }, 0],
  ])('are those that the filters %j let through', async (filters, count) => {
    expect(await rows('callsNow', filters)).toHaveLength(count);
  });

  it('are counted by state, those without a call included, and by more than one field', async () => {
    const byState = await ask({ queryType: 'callsNow', countBy: ['state'] });
    expect(column(byState, 'state')).toEqual(['dialing', 'ringing', 'waiting', 'application', 'talking', 'on hold']);
    expect(column(byState, 'calls')).toEqual([0, 0, 1, 0, 1, 1]);
    const byBoth = await ask({ queryType: 'callsNow', countBy: ['queue', 'server'] });
    expect(byBoth.fields.map(({ values }) => values)).toEqual([
      ['', 'support'],
      ['west', 'east'],
      [1, 2],
    ]);
  });

  it('that have no queue are counted as (none), beside the names of queues', async () => {
    const { fields } = await ask({ queryType: 'callsNow', countBy: ['queue'] });
    const texts = new Map(textsOf(fields[0]!.config.mappings));
    expect(fields[0]!.values.map((queue) => texts.get(String(queue)))).toEqual(['(none)', 'Help desk (support)']);
  });

  it('give an alert rule one number a row, with texts that do not change beside it', async () => {
    for (const json of [
      { queryType: 'callsNow', countBy: ['state', 'queue'] },
      { queryType: 'callsNow', columns: ['stateSeconds'] },
      { queryType: 'callersWaiting', columns: ['waitTime'] },
    ]) {
      const { fields, meta } = await ask(json);
      expect(meta.type).toBe('numeric-long');
      expect(fields.filter(({ type }) => type === 'number')).toHaveLength(1);
      expect(fields.filter(({ type }) => type === 'time')).toEqual([]);
      expect(fields.map(({ name }) => name)).not.toContain('ringing');
    }
  });

  it('name every agent of a list', async () => {
    const { fields } = await ask({ queryType: 'callsNow' });
    const textsOf = (name: string) => fields.find((field) => field.name === name)!.config.mappings![0]!.options;
    expect(textsOf('agent')).toMatchObject({ '1001, 1002': { text: 'Alice Miller (1001), 1002' } });
    expect(textsOf('ringing')).toMatchObject({ '1003': { text: 'Carl (1003)' } });
    expect(textsOf('queue')).toMatchObject({ support: { text: 'Help desk (support)' } });
  });

  it.each(['callsNow', 'callersWaiting'])('tell no number of %s to those who may not see it', async (queryType) => {
    const answer = await ask({ queryType }, { masked: true });
    expect(JSON.stringify(answer)).not.toContain(number);
    expect(column(answer, 'source')).toContain('••••123');
    expect(JSON.stringify(await ask({ queryType }))).toContain(number);
  });

  it('are found by a whole number alone where numbers are masked', async () => {
    const found = async (source: string) =>
      column(await ask({ queryType: 'callsNow', filters: { source } }, { masked: true }), 'source');
    expect(await found(number)).toHaveLength(2);
    expect(await found(number.slice(1))).toEqual([]);
  });

  it('say which PBX is not heard, does not send its channels, or was not heard when older calls began', async () => {
    expect(notices(await ask({ queryType: 'callsNow' }))).toEqual([]);
    const servers = [
      pbx({ server: 'gone', state: 'down', silentSeconds: 40, heardSince: null }),
      pbx({ server: 'deaf', sendsDialEnds: false }),
      pbx({ server: 'fresh', heardSince: now - 60_000 }),
      pbx({ server: 'elsewhere', heardSince: null }),
    ];
    expect(notices(await ask({ queryType: 'callsNow' }, { servers }))).toEqual([
      expect.stringMatching(/^warning: The current state of gone \(nothing heard for 40 s\) isn't known\./),
      expect.stringMatching(/^warning: Calls of deaf can't be shown .* read class "call" to the AMI user\.$/),
      expect.stringMatching(/^info: Calls that began before .*: fresh since 2026-11-24 12:29:00 UTC\.$/),
    ]);
    expect(notices(await ask({ queryType: 'callsNow', filters: { server: ['east'] } }, { servers }))).toEqual([]);
    expect(notices(await ask({ queryType: 'callsNow' }, { servers: [] }))).toEqual([
      expect.stringMatching(/^warning: No PBX has been heard yet, so the current state isn't known\./),
    ]);
  });
});

describe('callers waiting', () => {
  it('are one row a caller in the order of the line, with the phones that ring for them', async () => {
    const answer = await ask({ queryType: 'callersWaiting' });
    expect(answer.fields.map(({ name, values }) => [name, values])).toEqual([
      ['queue', ['support', 'support']],
      ['position', [1, 2]],
      ['source', [number, '']],
      ['callerName', ['Ann', '']],
      ['waitTime', [30, 10]],
      ['ringing', ['1003', '']],
      ['since', [now - 30_000, now - 10_000]],
      ['server', ['east', 'east']],
      ['linkedId', ['1795571230.4', '1795571000.1']],
    ]);
  });

  it.each([
    [{ queue: ['support'] }, 2],
    [{ server: ['west'] }, 0],
    [{ agent: ['1003'] }, 1],
    [{ source: number }, 1],
    [{ direction: ['inbound'] }, 1],
  ])('are those that the filters %j let through', async (filters, count) => {
    expect(await rows('callersWaiting', filters)).toHaveLength(count);
  });
});
