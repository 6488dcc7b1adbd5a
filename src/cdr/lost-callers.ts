import type { Call } from './call';
import { contactsByNumber, type Contact } from './contact';

/** A telephone number that called and reached nobody, once or several times in a row. */
export interface LostCaller {
  /** Lost calls, the earliest first. */
  tries: Contact[];
  /** Call that came through or called them back, within the time for it after the last try; null while they wait. */
  reached: Contact | null;
  /** Calls back that nobody answered. */
  triedBack: number;
}

/**
 * Callers who were lost, the last try of each known by what follows: a number is lost anew once it was reached, and where its
 * next try comes later than a lost caller may be reached. Numbers that are withheld are none, see `numberKey`.
 * @param within milliseconds after the last try in which a caller may come through or be called back
 */
export function lostCallers(calls: Iterable<Call>, within: number): LostCaller[] {
  return contactsByNumber(calls).flatMap((contacts) => lostOfNumber(contacts, within));
}

function lostOfNumber(contacts: readonly Contact[], within: number): LostCaller[] {
  const found: LostCaller[] = [];
  let open: LostCaller | null = null;
  for (const contact of contacts) {
    if (open && contact.at - open.tries.at(-1)!.at > within) {
      open = null;
    }
    if (contact.kind === 'lost') {
      if (!open) {
        open = { tries: [], reached: null, triedBack: 0 };
        found.push(open);
      }
      open.tries.push(contact);
    } else if (open && contact.kind === 'triedBack') {
      open.triedBack++;
    } else if (open && (contact.kind === 'cameThrough' || contact.kind === 'calledBack')) {
      open.reached = contact;
      open = null;
    }
  }
  return found;
}
