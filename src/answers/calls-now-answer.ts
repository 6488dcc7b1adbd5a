import { callStates, type CallNow } from '../cdr/calls-now';
import { compareText } from '../cdr/compare-text';
import type { PbxClocks } from '../cdr/pbx-clocks';
import type { BoardNow } from '../cdr/pbx-board';
import type { CdrQuery, CountedBy } from '../query/model';
import type { Answer } from './answer';
import { callNowFilter } from './call-now-filter';
import { readNone } from './read-none';
import { statusAnswer, type StatusField } from './status-answer';
import { secondsSince } from '../cdr/seconds-since';

interface CallRow extends Omit<CallNow, 'agents' | 'ringing'> {
  agent: string;
  ringing: string;
  stateSeconds: number;
  duration: number;
}

const fields: ReadonlyArray<StatusField<CallRow>> = [
  { name: 'state', title: 'State', type: 'string' },
  { name: 'stateSeconds', title: 'In this state', type: 'number', unit: 's' },
  { name: 'direction', title: 'Direction', type: 'string' },
  { name: 'source', title: 'Source', type: 'string', origin: 'free' },
  { name: 'callerName', title: 'Caller name', type: 'string', origin: 'free' },
  { name: 'destination', title: 'Destination', type: 'string', origin: 'free' },
  { name: 'queue', title: 'Queue', type: 'string' },
  { name: 'agent', title: 'Agent', type: 'string', origin: 'free', isList: true },
  { name: 'ringing', title: 'Ringing', type: 'string', origin: 'free', isList: true },
  { name: 'callingAgent', title: 'Calling agent', type: 'string', origin: 'free' },
  { name: 'trunk', title: 'Trunk', type: 'string', origin: 'free' },
  { name: 'duration', title: 'Duration', type: 'number', unit: 's' },
  { name: 'since', title: 'Since', type: 'time' },
  { name: 'startTime', title: 'Start time', type: 'time' },
  { name: 'server', title: 'Server', type: 'string' },
  { name: 'linkedId', title: 'Linked ID', type: 'string', origin: 'callId' },
];

/** Calls in progress, one row each, or how many of them there are. */
export function callsNowAnswer(
  { calls, now }: BoardNow,
  { filters, columns, countBy }: Pick<CdrQuery, 'filters' | 'columns' | 'countBy'>,
  clocks: Pick<PbxClocks, 'of'>
): Answer {
  const found = calls.filter(callNowFilter(filters, clocks, now));
  return countBy.length > 0
    ? counted(found, countBy)
    : statusAnswer(
        whole,
        found.map((call) => rowOf(call, now)),
        columns
      );
}

const whole = { name: 'Calls now', type: 'callsNow', fields } as const;

function rowOf({ agents, ringing, ...call }: CallNow, now: number): CallRow {
  return {
    ...call,
    agent: agents.join(', '),
    ringing: ringing.join(', '),
    stateSeconds: secondsSince(call.since, now),
    duration: secondsSince(call.startTime, now),
  };
}

interface Count extends Record<CountedBy, string> {
  calls: number;
}

const countFields: Readonly<Record<CountedBy, StatusField<Count>>> = {
  state: { name: 'state', title: 'State', type: 'string' },
  direction: { name: 'direction', title: 'Direction', type: 'string' },
  queue: { name: 'queue', title: 'Queue', type: 'string' },
  trunk: { name: 'trunk', title: 'Trunk', type: 'string', origin: 'free' },
  server: { name: 'server', title: 'Server', type: 'string' },
};

/** One row a group with how many calls it has; by state alone each state has one, so that a panel shows a 0. */
function counted(calls: readonly CallNow[], by: readonly CountedBy[]): Answer {
  const keyOf = (call: Record<CountedBy, string>): string => JSON.stringify(by.map((name) => call[name]));
  const groups = new Map<string, Count>();
  if (by.join() === 'state') {
    callStates.forEach((state) => groups.set(JSON.stringify([state]), { ...noGroup, state }));
  }
  for (const { state, direction, queue, trunk, server } of calls) {
    const group = { state, direction, queue, trunk, server };
    const known = groups.get(keyOf(group)) ?? { ...group, calls: 0 };
    known.calls++;
    groups.set(keyOf(group), known);
  }
  const rows = [...groups.values()].sort((a, b) => compareText(orderOf(a, by), orderOf(b, by)));
  const shown = [...by.map((name) => countFields[name]), { name: 'calls', title: 'Calls', type: 'number' } as const];
  const answer = statusAnswer({ name: 'Calls now', type: 'callsNow', fields: shown }, rows, []);
  return { ...answer, fields: answer.fields.map(readNone) };
}

const noGroup: Count = { state: '', direction: '', queue: '', trunk: '', server: '', calls: 0 };

/** States in the order in which a call goes through them, the rest as texts. */
function orderOf(group: Count, by: readonly CountedBy[]): string {
  return by
    .map((name) => (name === 'state' ? callStates.findIndex((state) => state === group.state) : group[name]))
    .join('\u0000');
}
