import type { Call } from './call';
import { compareText } from './compare-text';
import { contactsByNumber, type Contact } from './contact';

/** A telephone number that calls again, with those of its inbound calls that are asked for. Times in epoch milliseconds. */
export interface RepeatedCaller {
  /** See `numberKey`. */
  number: string;
  calls: number;
  /** Those before which the number called within the days that count. */
  repeatCalls: number;
  /** Those that a person answered. */
  answered: number;
  firstCall: number;
  lastCall: number;
  /** Queue of each call, see `Call.queue`; no two alike, in alphabetical order, as all lists here. */
  queues: readonly string[];
  /** Agent of each call. */
  agents: readonly string[];
  servers: readonly string[];
  /** The number as the last call has it, and what that call is known by. */
  source: string;
  linkedId: string;
}

/**
 * Numbers one of whose calls that are asked for is a repeated one: those with the most calls first, of as many the one that called last.
 * Numbers that are withheld are none.
 * @param calls also those before, by which a call is a repeated one
 * @param within milliseconds in which another call of the number is a repeated one
 */
export function repeatedCallers(
  calls: Iterable<Call>,
  within: number,
  isAsked: (call: Call) => boolean
): RepeatedCaller[] {
  return contactsByNumber(calls)
    .flatMap((contacts) => {
      const inward = contacts.filter(({ kind }) => kind !== 'calledBack' && kind !== 'triedBack');
      const asked = inward.filter(({ call }) => isAsked(call));
      const repeated = inward.filter(
        ({ at, call }, place) => place > 0 && at - inward[place - 1]!.at <= within && isAsked(call)
      );
      return repeated.length === 0 ? [] : [callerOf(asked, repeated.length)];
    })
    .sort(byCalls);
}

function callerOf(asked: readonly Contact[], repeatCalls: number): RepeatedCaller {
  const last = asked.at(-1)!;
  const namesOf = (field: 'queue' | 'agent' | 'server'): string[] =>
    distinctNames(asked.map(({ call }) => call[field]));
  return {
    number: last.number,
    calls: asked.length,
    repeatCalls,
    answered: asked.filter(({ kind }) => kind === 'cameThrough').length,
    firstCall: asked[0]!.at,
    lastCall: last.at,
    queues: namesOf('queue'),
    agents: namesOf('agent'),
    servers: namesOf('server'),
    source: last.call.source,
    linkedId: last.call.linkedId,
  };
}

/** Names but for empty ones, no two alike, in alphabetical order. */
export function distinctNames(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => name !== '').sort(compareText);
}

function byCalls(a: RepeatedCaller, b: RepeatedCaller): number {
  return b.calls - a.calls || b.lastCall - a.lastCall || compareText(a.number, b.number);
}
