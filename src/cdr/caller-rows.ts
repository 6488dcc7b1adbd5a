import type { Call } from './call';
import { contactsByNumber, lostWithheld, type Contact } from './contact';
import { callSeconds, type FactRow } from './fact-rows';
import { lostCallers } from './lost-callers';
import type { Fact } from './measures';
import { secondsSince } from './seconds-since';

/** What figures of callers go by. Milliseconds. */
export interface CallerSpans {
  /** In which a lost caller may come through or be called back. */
  lostWithin: number;
  /** In which another call of the same number is a repeated one. */
  repeatWithin: number;
  /** This moment, epoch milliseconds. */
  now: number;
}

/** Facts that are made of all calls of a telephone number, those of some kinds. */
export function* callerRows(
  calls: Iterable<Call>,
  spans: CallerSpans | undefined,
  facts: readonly Fact[]
): Iterable<FactRow> {
  if (!spans) {
    return;
  }
  const all = [...calls];
  if (facts.includes('lostCaller')) {
    yield* lostCallerRows(all, spans);
  }
  if (facts.includes('contact')) {
    yield* contactRows(all, spans);
  }
}

/** A lost caller as its last try, since the first may be before any range. */
function lostCallerRows(calls: readonly Call[], { lostWithin, now }: CallerSpans): FactRow[] {
  const rowOf = ({ call, at }: Contact, adds: FactRow['adds']): FactRow => ({
    ...call,
    fact: 'lostCaller',
    time: at,
    transferred: call.transfers > 0,
    adds,
    seconds: callSeconds(call),
    ends: {},
  });
  const lost = lostCallers(calls, lostWithin).map(({ tries, reached }) => {
    const last = tries.at(-1)!;
    const { at } = last;
    const adds: FactRow['adds'] =
      reached === null
        ? { longestLost: secondsSince(at, now) }
        : reached.kind === 'calledBack'
          ? { lostCalledBack: 1, callBackSeconds: Math.floor((reached.at - at) / 1000) }
          : { lostCameThrough: 1 };
    return rowOf(last, { lostCallers: 1, ...adds });
  });
  return [...lost, ...lostWithheld(calls).map((contact) => rowOf(contact, { lostWithheld: 1 }))];
}

function contactRows(calls: readonly Call[], { repeatWithin, now }: CallerSpans): FactRow[] {
  return contactsByNumber(calls).flatMap((contacts) => {
    const inward = contacts.filter(({ kind }) => kind !== 'calledBack' && kind !== 'triedBack');
    return inward.map(({ call, kind, at }, place): FactRow => {
      const before = inward[place - 1];
      const after = inward[place + 1];
      const isDecided = kind === 'cameThrough' && at + repeatWithin <= now;
      const adds: FactRow['adds'] = {
        contacts: 1,
        repeatCalls: before && at - before.at <= repeatWithin ? 1 : 0,
        decidedContacts: isDecided ? 1 : 0,
        resolvedContacts: isDecided && !(after && after.at - at <= repeatWithin) ? 1 : 0,
      };
      const transferred = call.transfers > 0;
      return { ...call, fact: 'contact', time: at, transferred, adds, seconds: callSeconds(call), ends: {} };
    });
  });
}
