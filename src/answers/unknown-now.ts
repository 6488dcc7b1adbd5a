import { passesBy, type CdrFilters } from '../cdr/filters';
import type { ServerNow } from '../cdr/server-now';
import { utcText } from '../query/utc-text';
import type { AnswerMeta } from './answer';

type Notices = NonNullable<AnswerMeta['notices']>;

/** PBXes that a notice names one by one. */
const named = 3;
/** Calls that began before a PBX was heard have ended after so long, but for a few. Milliseconds. */
const longCall = 3_600_000;

/** Why what there is at a moment is not all there is: what a PBX has that is not heard is not known. */
export function unknownNow(
  what: 'queue' | 'agent' | 'call',
  servers: readonly ServerNow[],
  filters: CdrFilters
): Notices {
  if (servers.length === 0) {
    const text = `No PBX was heard yet, so no ${what} is known. Save & test on the data source tells an Admin why.`;
    return [{ severity: 'warning', text }];
  }
  const down = servers.filter(({ server, state }) => state === 'down' && passesBy(filters, { server }));
  return down.length === 0
    ? []
    : [
        {
          severity: 'warning',
          text:
            `The ${what}s of ${listOf(down, ({ server, silentSeconds }) => `${server} (last heard ${silentSeconds} s ago)`)} ` +
            'are not known now. Check that the PBX runs and that it can be logged in to, and that a Grafana listens.',
        },
      ];
}

/** Which calls in progress may be missing though their PBX is heard. */
export function unseenCalls(servers: readonly ServerNow[], filters: CdrFilters, now: number): Notices {
  const up = servers.filter(({ server, state }) => state === 'up' && passesBy(filters, { server }));
  const recent = up.filter(({ heardSince }) => heardSince !== null && now - heardSince < longCall);
  const deaf = up.filter(({ sendsDialEnds }) => sendsDialEnds === false);
  return [
    ...notice(
      deaf,
      (list) => `The calls of ${list} can't be seen: its channels don't come. Give the AMI user the read class "call".`,
      'warning'
    ),
    ...notice(
      recent,
      (list) =>
        `Calls that began before a PBX was heard show up with their next event. Heard without a break: ${list}.`,
      'info',
      ({ server, heardSince }) => `${server} since ${utcText(heardSince!)}`
    ),
  ];
}

function notice(
  servers: readonly ServerNow[],
  text: (list: string) => string,
  severity: Notices[number]['severity'],
  describe: (server: ServerNow) => string = ({ server }) => server
): Notices {
  return servers.length === 0 ? [] : [{ severity, text: text(listOf(servers, describe)) }];
}

function listOf(servers: readonly ServerNow[], describe: (server: ServerNow) => string): string {
  const more = servers.length > named ? ` and ${servers.length - named} more` : '';
  return servers.slice(0, named).map(describe).join(', ') + more;
}
