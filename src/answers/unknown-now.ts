import { passesBy, type CdrFilters } from '../cdr/filters';
import type { ServerNow } from '../cdr/server-now';
import { utcText } from '../query/utc-text';
import { listOf, sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** PBXes that a notice names one by one. */
const named = 3;
/** Calls that began before a PBX was heard have ended after so long, but for a few. Milliseconds. */
const longCall = 3_600_000;

/** Why what there is at a moment is not all there is: what a PBX has that is not heard is not known. */
export function unknownNow(servers: readonly ServerNow[], filters: CdrFilters): Notice[] {
  if (servers.length === 0) {
    return [notice('warning', sentence('notice.now.no-pbx'), sentence('notice.ask-admin'))];
  }
  const down = servers
    .filter(({ server, state }) => state === 'down' && passesBy(filters, { server }))
    .map(({ server, silentSeconds }) => sentence('notice.now.silent', { server, seconds: silentSeconds }));
  return down.length === 0 ? [] : [notice('warning', sentence('notice.now.down', { servers: listOf(down, named) }))];
}

/** Which calls in progress may be missing though their PBX is heard. */
export function unseenCalls(servers: readonly ServerNow[], filters: CdrFilters, now: number): Notice[] {
  const up = servers.filter(({ server, state }) => state === 'up' && passesBy(filters, { server }));
  const deaf = up.filter(({ sendsDialEnds }) => sendsDialEnds === false).map(({ server }) => server);
  const recent = up
    .filter(({ heardSince }) => heardSince !== null && now - heardSince < longCall)
    .map(({ server, heardSince }) => sentence('notice.now.since', { server, time: utcText(heardSince!) }));
  return [
    ...(deaf.length === 0
      ? []
      : [notice('warning', sentence('notice.now.no-channels', { servers: listOf(deaf, named) }))]),
    ...(recent.length === 0 ? [] : [notice('info', sentence('notice.now.recent', { servers: listOf(recent, named) }))]),
  ];
}
