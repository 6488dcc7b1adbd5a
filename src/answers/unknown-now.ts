import { isOneOf, type CdrFilters } from '../cdr/filters';
import type { ServerNow } from '../cdr/server-now';
import type { AnswerMeta } from './answer';

/** PBXes that a notice names one by one. */
const named = 3;

/** Why the queues or agents of a moment are not all there are: those of a PBX that is not heard are not known. */
export function unknownNow(
  what: 'queue' | 'agent',
  servers: readonly ServerNow[],
  { server: wanted }: Pick<CdrFilters, 'server'>
): NonNullable<AnswerMeta['notices']> {
  if (servers.length === 0) {
    const text = `No PBX was heard yet, so no ${what} is known. Save & test on the data source tells an Admin why.`;
    return [{ severity: 'warning', text }];
  }
  const down = servers.filter(({ server, state }) => state === 'down' && isOneOf([server], wanted));
  if (down.length === 0) {
    return [];
  }
  const list = down
    .slice(0, named)
    .map(({ server, silentSeconds }) => `${server} (last heard ${silentSeconds} s ago)`)
    .join(', ');
  const more = down.length > named ? ` and ${down.length - named} more` : '';
  return [
    {
      severity: 'warning',
      text:
        `The ${what}s of ${list}${more} are not known now. Check that the PBX runs and that amiws can log in to it, and ` +
        'that a Grafana listens.',
    },
  ];
}
