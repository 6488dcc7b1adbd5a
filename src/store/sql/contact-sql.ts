import { contactKinds, type ContactKind } from '../../cdr/contact';
import { tellingDigits } from '../../cdr/number-key';
import type { Dialect } from './dialect';

/** A kind as `contactKindSql` gives it. */
export const contactPlace = (kind: ContactKind): string => String(contactKinds.indexOf(kind));

const inward = "(f.direction = 'inbound' OR (f.direction = 'unknown' AND f.queue <> ''))";

/** What a call was to a number outside, as its place in `contactKinds`; null for one that is no contact. */
export const contactKindSql =
  `CASE WHEN ${inward} THEN CASE f.outcome WHEN 'answered' THEN ${contactPlace('cameThrough')} ` +
  `WHEN 'self-served' THEN ${contactPlace('selfServed')} ELSE ${contactPlace('lost')} END ` +
  `WHEN f.direction = 'outbound' THEN CASE f.outcome WHEN 'answered' THEN ${contactPlace('calledBack')} ` +
  `ELSE ${contactPlace('triedBack')} END END`;

/** The number of a call that is a contact, empty where it is withheld: the counterpart of `numberKey`. */
export function contactNumberSql({ lastDigits }: Dialect): string {
  const [source, destination] = ['f.source', 'f.destination'].map((number) => lastDigits(number, tellingDigits));
  return `CASE WHEN ${inward} THEN ${source} ELSE ${destination} END`;
}

/** Whether a call is a contact of one of some kinds. */
export function isOfKind(...kinds: ContactKind[]): string {
  return `coalesce(${contactKindSql}, -1) IN (${kinds.map(contactPlace).join(', ')})`;
}
