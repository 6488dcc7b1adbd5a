import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthResult } from '../../plugin-protocol/plugin';
import type { ImportProgress } from '../../setup/import-progress';
import { differenceText } from '../../answers/difference-notice';
import { lossText } from '../../answers/gap-notice';
import { utcText } from '../../query/utc-text';
import { amiProblem, amiwsProblem } from '../sources/connection-problem';
import type { Health } from '../sources/roles';
import { sharingTexts } from './sharing-texts';
import { statusOf, type Status } from './status';

/** How long a new connection may take to open, and a PBX to answer, before the check speaks. */
const patienceMs = 4_000;
const pollMs = 100;
/** Milliseconds that a PBX's clock may be off. */
const worrying = 30_000;
/** Differences and losses that are named, the latest. */
const named = 3;

/**
 * Tries amiws now, and says in words how the data source fares, once a new connection has had time to open. Folders,
 * addresses and what else it knows are for Admins; others learn whether it works.
 */
export async function checkHealth(source: Health, forAdmin: boolean): Promise<HealthResult> {
  const deadline = Date.now() + patienceMs;
  source.tryNow();
  let status = await statusOf(source);
  while (isUnsettled(status) && Date.now() < deadline) {
    await sleep(pollMs);
    status = await statusOf(source);
  }
  const found = describe(status);
  return forAdmin
    ? { ...found, details: { ...status } }
    : { status: found.status, message: plainMessage[found.status] };
}

const plainMessage: Record<HealthResult['status'], string> = {
  ok: 'The data source is connected and hears a PBX.',
  error: 'The data source does not work at the moment. Ask an Admin to select Save & test, which tells why.',
  unknown: 'It is not known whether the data source works.',
};

function isUnsettled({ connection, pbxConnections, servers }: Status): boolean {
  const states = [connection, ...pbxConnections].map(({ state }) => state);
  return states.includes('connecting') || (states.includes('connected') && servers.length === 0);
}

function describe(status: Status): Pick<HealthResult, 'status' | 'message'> {
  const { connection, pbxConnections, servers, store, storeError, readError, frames } = status;
  if (storeError !== null) {
    const kept = frames.waiting > 0 ? ` ${frames.waiting} records and events wait in memory.` : '';
    const dropped = frames.dropped > 0 ? ` ${frames.dropped} were dropped, the oldest first.` : '';
    return { status: 'error', message: `The store (${store.place}) takes no records: ${storeError}${kept}${dropped}` };
  }
  if (readError !== null) {
    return { status: 'error', message: `The store (${store.place}) can't be read: ${readError}` };
  }
  if (connection.state === 'elsewhere') {
    return { status: 'ok', message: elsewhereMessage(status) };
  }
  if (connection.state === 'unconfigured') {
    return { status: 'error', message: 'No amiws URL is set. Expected an address such as ws://pbx.example.com:8080.' };
  }
  if (connection.state === 'unused' && pbxConnections.length === 0) {
    return { status: 'error', message: 'No PBX is set. Add one under Connection, with its host, user and secret.' };
  }
  const missing = [
    ...(connection.state === 'connected' || connection.state === 'unused'
      ? []
      : [`amiws is not connected: ${amiwsProblem(connection)}`]),
    ...pbxConnections
      .filter(({ state }) => state !== 'connected')
      .map((pbx) => `${pbx.name} is not connected: ${amiProblem(pbx)}`),
  ];
  if (missing.length > 0) {
    return { status: 'error', message: missing.join(' ') };
  }
  const up = servers.filter(({ state }) => state === 'up').map(({ server }) => server);
  if (up.length === 0) {
    return {
      status: 'error',
      message:
        connection.state === 'unused'
          ? 'Logged in, but no PBX answers a Ping. Check that Asterisk is not stuck.'
          : 'Connected to amiws, but no PBX is heard. Check amihosts in amiws.yaml and that the AMI user may log in.',
    };
  }
  return { status: 'ok', message: okMessage(status, up) };
}

function elsewhereMessage({ records, calls, sharing }: Status): string {
  return [
    'This Grafana does not listen to the PBX; others that share the store do',
    storedText(records, calls),
    ...sharingTexts(sharing),
  ].join('; ');
}

function storedText(records: number | null, calls: number | null): string {
  return records === null
    ? 'calls, too many to count in a moment, stored'
    : `${records} CDR records of ${calls} calls stored`;
}

function okMessage(
  {
    connection,
    pbxConnections,
    servers,
    lastEventAt,
    store,
    records,
    calls,
    frames,
    derivation,
    removed,
    imports,
    differences,
    lost,
    keptLogs,
    filesError,
    sharing,
  }: Status,
  up: readonly string[]
): string {
  const bad = Object.values(frames.bad).reduce((sum, count) => sum + count, 0);
  return [
    ...(connection.state === 'connected' ? [`Connected to amiws since ${time(connection.since)}`] : []),
    ...pbxConnections.map(({ name, since }) => `Logged in to ${name} since ${time(since)}`),
    `${up.length === 1 ? 'PBX' : 'PBXes'}: ${up.join(', ')}`,
    lastEventAt === null ? 'no event yet' : `last event ${time(lastEventAt)}`,
    `${storedText(records, calls)} in ${store.place}`,
    ...sharingTexts(sharing),
    ...(derivation ? [`history is derived again, ${derivation.done} of ${derivation.total} calls done`] : []),
    ...(removed
      ? [`${removed.records} records from before ${time(removed.before)} were removed, as they were kept long enough`]
      : []),
    ...imports.flatMap((progress) => importText(progress) ?? []),
    ...differences.slice(-named).map((difference) => differenceText(difference)),
    ...lost.slice(-named).map((gap) => lossText(gap)),
    ...(keptLogs.length > 0 ? [`damaged logs of the store are kept as ${keptLogs.join(' and ')}`] : []),
    ...clocksOff(servers),
    ...(bad > 0 ? [`${bad} frames or fields could not be read`] : []),
    ...(frames.dropped > 0 ? [`${frames.dropped} records or events were dropped while the store took none`] : []),
    ...(filesError === null ? [] : [filesError]),
  ].join('; ');
}

function importText(progress: ImportProgress | null): string | null {
  if (progress?.error) {
    return `the import for ${progress.server} does not go on: ${progress.error}`;
  }
  if (progress?.state === 'running') {
    return `history of ${progress.server} is imported, ${progress.done} of ${progress.total} done`;
  }
  const odd = Object.values(progress?.problems ?? {}).reduce((sum, count) => sum + count, 0);
  return odd > 0 ? `${odd} rows of the import for ${progress!.server} need a look: see Call history` : null;
}

/** A PBX clock that is off puts calls where they were not. */
function clocksOff(servers: Status['servers']): string[] {
  return servers
    .filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs ?? 0) >= worrying)
    .map(({ server, clockOffsetMs }) => {
      const seconds = Math.round(Math.abs(clockOffsetMs!) / 1000);
      return `the clock of ${server} is ${seconds} s ${clockOffsetMs! > 0 ? 'fast' : 'slow'}: set it by NTP`;
    });
}

function time(instant: number | null): string {
  return instant === null ? 'now' : utcText(instant);
}
