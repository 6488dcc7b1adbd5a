import { cdrRecord, defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import type { Operator } from './conditions';
import { assembleCall } from './assemble-call';
import { factRows, stretchRow, type FactRow } from './fact-rows';
import type { ConditionField } from './filter-fields';
import { matchesFilters, type CdrFilters } from './filters';

/** Rung for 3 s after 58 s in the queue, answered after 61 s, and talked to for 30 s until the agent hung up. */
const answered = {
  records: [
    cdrRecord({
      queue: 'support',
      lastApplication: 'Queue',
      answerTime: noon + 61_000,
      endTime: noon + 91_000,
      duration: 91,
      billableSeconds: 30,
      queueEventsHeard: true,
    }),
  ],
  events: [
    queueEvent('QueueCallerJoin', 0),
    queueEvent('AgentCalled', 58),
    queueEvent('AgentConnect', 61, { holdTime: 61, ringTime: 3 }),
    queueEvent('AgentComplete', 91, { holdTime: 61, talkTime: 30, endedBy: 'agent' }),
  ],
};
const direct = { records: [cdrRecord()], events: [] };

const rowsOf = (parts: typeof answered | typeof direct): FactRow[] =>
  factRows(assembleCall(parts, defaultRules), parts.records, { serviceLevelThreshold: 20 });
const passing = (filters: CdrFilters, parts: typeof answered | typeof direct = answered): string[] =>
  rowsOf(parts)
    .filter((row) => matchesFilters(row, filters))
    .map(({ fact }) => fact);

describe('bounds of seconds', () => {
  it('are part of what they let through, by the time that each fact has', () => {
    expect(passing({ minWaitTime: 61 })).toEqual(['call', 'visit', 'record']);
    expect(passing({ minWaitTime: 62 })).toEqual([]);
    expect(passing({ maxWaitTime: 60 })).toEqual([]);
    expect(passing({ minRingTime: 3, maxRingTime: 3 })).toEqual(['call', 'leg', 'record']);
    expect(passing({ maxTalkTime: 30 })).toEqual(['call', 'visit', 'leg', 'record']);
    expect(passing({ minTalkTime: 31 })).toEqual([]);
  });

  it('let nothing through that has no such time', () => {
    expect(passing({ maxWaitTime: 1000 }, direct)).toEqual([]);
    expect(passing({ maxDuration: 1000 }, direct)).toEqual(['call', 'leg', 'record']);
  });

  it('can be ad hoc filters, which take the seconds as text too', () => {
    const condition = (operator: Operator, value: string): string[] =>
      passing({ conditions: [{ field: 'waitTime', operator, values: [value] }] });
    expect(condition('>', '60')).toEqual(['call', 'visit', 'record']);
    expect(condition('>', '61')).toEqual([]);
    expect(condition('>=', '61')).toEqual(['call', 'visit', 'record']);
    expect(condition('>=', '62')).toEqual([]);
    expect(condition('<', '62')).toEqual(['call', 'visit', 'record']);
    expect(condition('<', '61')).toEqual([]);
    expect(condition('<=', '61')).toEqual(['call', 'visit', 'record']);
    expect(condition('<=', '60')).toEqual([]);
    expect(condition('=', '61')).toEqual(['call', 'visit', 'record']);
    expect(condition('!=', '61')).toEqual(['leg']);
  });
});

describe('a filter of a number', () => {
  it('lets through what has any of several parts', () => {
    const { source } = direct.records[0]!;
    expect(passing({ source: ['nowhere', source.slice(1)] }, direct)).toEqual(['call', 'leg', 'record']);
    expect(passing({ source: ['nowhere', 'either'] }, direct)).toEqual([]);
  });
});

describe('what facts of one kind have alone', () => {
  const stretch = (pauseReason: string, paused = true): FactRow =>
    stretchRow({
      ...{ server: 'pbx', agent: '1001', queues: ['support'], startTime: noon, endTime: noon + 60_000 },
      ...{ utcOffset: 0, paused, wrapUp: false, pauseReason },
    });
  const transfer = (target: string): FactRow => {
    const [call] = factRows(assembleCall(direct, defaultRules), [], { serviceLevelThreshold: 20 });
    return { ...call!, fact: 'transfer', transferTarget: target };
  };
  const all = [...rowsOf(answered), transfer('sales'), stretch('Lunch'), stretch(''), stretch('Lunch', false)];
  const found = (filters: CdrFilters) => all.flatMap((row, place) => (matchesFilters(row, filters) ? place : []));

  it('is a reason of agents’ times, (no reason) of a pause for which none was given, empty of all else', () => {
    expect(found({ pauseReason: ['Lunch'] })).toEqual([5]);
    expect(found({ pauseReason: ['(no reason)'] })).toEqual([6]);
    expect(found({ pauseReason: [''] })).toEqual([0, 1, 2, 3, 4, 7]);
    expect(found({ conditions: [{ field: 'pauseReason', operator: '=~', values: ['L.*'] }] })).toEqual([5]);
  });

  it('is the target of a transfer, by which times of agents are not told', () => {
    expect(found({ transferTarget: ['sales'] })).toEqual([4, 5, 6, 7]);
    expect(found({ conditions: [{ field: 'transferTarget', operator: '!=', values: ['sales'] }] })).toEqual([
      0, 1, 2, 3, 5, 6, 7,
    ]);
  });
});

test('times of agents pass by their queues, agent and PBX, and by no filter of calls', () => {
  const time = stretchRow({
    ...{ server: 'pbx', agent: '1001', queues: ['support'], startTime: noon, endTime: noon + 60_000 },
    ...{ utcOffset: 0, paused: false, wrapUp: false, pauseReason: '' },
  });
  const passes = (field: ConditionField, value: string) =>
    matchesFilters(time, { conditions: [{ field, operator: '=', values: [value] }] });
  expect([passes('queue', 'support'), passes('agent', '1001'), passes('server', 'pbx')]).toEqual([true, true, true]);
  expect([passes('queue', 'x'), passes('agent', 'x'), passes('server', 'x')]).toEqual([false, false, false]);
  expect([passes('trunk', 'x'), passes('source', 'x'), passes('waitTime', '5')]).toEqual([true, true, true]);
});

test('conditions on source and destination compare all of it', () => {
  const passes = (field: ConditionField, value: string) =>
    passing({ conditions: [{ field, operator: '=', values: [value] }] }, direct).includes('call');
  expect([passes('source', '5551234'), passes('source', '555')]).toEqual([true, false]);
  expect([passes('destination', '100'), passes('destination', '5551234')]).toEqual([true, false]);
});

test('who ended a talk is that of the visit, of its leg, of the call and of its records', () => {
  expect(rowsOf(answered).map(({ fact, endedBy }) => [fact, endedBy])).toEqual([
    ['call', 'agent'],
    ['visit', 'agent'],
    ['leg', 'agent'],
    ['record', 'agent'],
  ]);
  expect(passing({ endedBy: ['caller', 'agent'] })).toHaveLength(4);
  expect(passing({ endedBy: ['caller'] })).toEqual([]);
  expect(rowsOf(direct).map(({ endedBy }) => endedBy)).toEqual(['', '', '']);
});

test('what has no queue passes a filter by the empty one, as part of a list and ad hoc', () => {
  const { records } = direct;
  const [answeredInQueue, answeredDirectly] = [rowsOf(answered)[0]!, rowsOf({ records, events: [] })[0]!];
  const pass = (filters: CdrFilters) =>
    [answeredInQueue, answeredDirectly].map((row) =>
      matchesFilters({ ...row, queues: row === answeredDirectly ? [] : row.queues }, filters)
    );
  const conditions = (operator: '=' | '!=' | '=~' | '!~', value: string): CdrFilters => ({
    conditions: [{ field: 'queue', operator, values: [value] }],
  });
  expect(pass({ queue: [''] })).toEqual([false, true]);
  expect(pass({ queue: ['support', ''] })).toEqual([true, true]);
  expect(pass(conditions('=', ''))).toEqual([false, true]);
  expect(pass(conditions('!=', ''))).toEqual([true, false]);
  expect(pass(conditions('!~', '.+'))).toEqual([false, true]);
});
