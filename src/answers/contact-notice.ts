import { measuresOf } from './statistics-plan';
import type { AnswerMeta, TimeRange } from './answer';
import type { CdrQuery } from '../query/model';
import { utcText } from '../query/utc-text';

const day = 86_400_000;

/** That the newest calls count in no first-contact resolution yet: their number may call again. */
export function contactNotices(
  query: CdrQuery,
  { to }: Pick<TimeRange, 'to'>,
  now: number
): NonNullable<AnswerMeta['notices']> {
  const decidedUntil = now - query.repeatDays * day;
  return measuresOf(query).includes('resolvedContacts') && to > decidedUntil
    ? [
        {
          severity: 'info',
          text:
            `First-contact resolution is of calls until ${utcText(decidedUntil, 'minutes')}: whether a number calls again within ` +
            `${query.repeatDays} days is not known yet of later ones.`,
        },
      ]
    : [];
}
