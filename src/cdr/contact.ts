import type { Call } from './call';
import { compareText } from './compare-text';
import { numberKey } from './number-key';

/** What a call was to a telephone number outside. Of those that begin at once, an earlier one here comes first. */
export const contactKinds = ['cameThrough', 'calledBack', 'triedBack', 'selfServed', 'lost'] as const;
/**
 * `cameThrough`, `selfServed` and `lost` for one who called: a person answered, an application did, or nobody. `calledBack`
 * and `triedBack` for one who was called: somebody answered, or nobody.
 */
export type ContactKind = (typeof contactKinds)[number];

/** A call between a telephone number outside and this side. */
export interface Contact {
  call: Call;
  kind: ContactKind;
  /** See `numberKey`; empty where it is withheld. */
  number: string;
  /** Epoch milliseconds. */
  at: number;
}

/** Null for a call inside the PBX, for one that tells no start, and for one of unknown direction that visited no queue. */
export function contactOf(call: Call): Contact | null {
  const kind = kindOf(call);
  if (kind === null || call.startTime === null) {
    return null;
  }
  const number = numberKey(isInward(call) ? call.source : call.destination);
  return { call, kind, number, at: call.startTime };
}

/** Whether somebody called from outside: whoever waits in a queue is taken for one where no direction is known. */
function isInward({ direction, queue }: Call): boolean {
  return direction === 'inbound' || (direction === 'unknown' && queue !== '');
}

function kindOf(call: Call): ContactKind | null {
  if (isInward(call)) {
    return call.outcome === 'answered' ? 'cameThrough' : call.outcome === 'self-served' ? 'selfServed' : 'lost';
  }
  return call.direction !== 'outbound' ? null : call.outcome === 'answered' ? 'calledBack' : 'triedBack';
}

/** Lost calls of numbers that are withheld. */
export function lostWithheld(calls: Iterable<Call>): Contact[] {
  return contactsOf(calls).filter(({ kind, number }) => kind === 'lost' && number === '');
}

/** The contacts of each number that is not withheld, in the order of their start. */
export function contactsByNumber(calls: Iterable<Call>): Contact[][] {
  const known = contactsOf(calls).filter(({ number }) => number !== '');
  const byNumber = Map.groupBy(known, ({ number }) => number);
  return Array.from(byNumber.values(), (some) => some.sort(inOrder));
}

function contactsOf(calls: Iterable<Call>): Contact[] {
  return Array.from(calls, contactOf).filter((contact) => contact !== null);
}

function inOrder(a: Contact, b: Contact): number {
  return (
    a.at - b.at ||
    contactKinds.indexOf(a.kind) - contactKinds.indexOf(b.kind) ||
    compareText(a.call.linkedId, b.call.linkedId) ||
    compareText(a.call.server, b.call.server)
  );
}
