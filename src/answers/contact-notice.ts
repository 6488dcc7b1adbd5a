import { measuresOf } from './statistics-plan';
import type { TimeRange } from './answer';
import type { CdrQuery } from '../query/model';
import { utcText } from '../query/utc-text';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

const day = 86_400_000;

/** That the newest calls count in no first-contact resolution yet: their number may call again. */
export function contactNotices(query: CdrQuery, { to }: Pick<TimeRange, 'to'>, now: number): Notice[] {
  const decidedUntil = now - query.repeatDays * day;
  const values = { time: utcText(decidedUntil, 'minutes'), count: query.repeatDays };
  return measuresOf(query).includes('resolvedContacts') && to > decidedUntil
    ? [notice('info', sentence('notice.contact.open', values))]
    : [];
}
