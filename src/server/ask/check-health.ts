import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthResult } from '../../plugin-protocol/plugin';
import type { ImportProgress } from '../../setup/import-progress';
import { differenceSentence } from '../../answers/difference-notice';
import { gapSentence } from '../../answers/gap-notice';
import { hasSystemClass } from '../../setup/system-class';
import { utcText } from '../../query/utc-text';
import { english } from '../../sentences/english';
import { sentence, type Sentence, type Text } from '../../sentences/sentence';
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
 * Tries amiws now, and says how the data source fares, once a new connection has had time to open. Folders,
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
  const text = forAdmin ? found.text : plain[found.status];
  // Grafana shows the message as it is; a page that knows the user's language says the text.
  return { status: found.status, message: english(text), details: { ...(forAdmin && status), text } };
}

const plain: Readonly<Record<HealthResult['status'], Text>> = {
  ok: [sentence('health.plain.ok')],
  error: [sentence('health.plain.error'), sentence('notice.ask-admin')],
  unknown: [sentence('health.plain.unknown')],
};

function isUnsettled({ connection, pbxConnections, servers }: Status): boolean {
  const states = [connection, ...pbxConnections].map(({ state }) => state);
  return states.includes('connecting') || (states.includes('connected') && servers.length === 0);
}

type Found = Pick<HealthResult, 'status'> & { text: Text };

const failed = (...text: Text): Found => ({ status: 'error', text });
const works = (...text: Text): Found => ({ status: 'ok', text });

function describe(status: Status): Found {
  const { connection, pbxConnections, servers, store, storeError, readError, frames } = status;
  const { place } = store;
  if (storeError !== null) {
    const { waiting, dropped } = frames;
    return failed(
      sentence('health.store.write', { place }),
      ...storeError,
      ...(waiting > 0 ? [sentence('health.store.waiting', { records: waiting })] : []),
      ...(dropped > 0 ? [sentence('health.store.dropped-oldest', { records: dropped })] : [])
    );
  }
  if (readError !== null) {
    return failed(sentence('health.store.read', { place }), ...readError);
  }
  if (connection.state === 'elsewhere') {
    return works(sentence('health.elsewhere'), storedSentence(status), ...sharingTexts(status.sharing));
  }
  if (connection.state === 'unconfigured') {
    return failed(sentence('health.no-address'));
  }
  if (connection.state === 'unused' && pbxConnections.length === 0) {
    return failed(sentence('health.no-pbx'));
  }
  const missing = [
    ...(connection.state === 'connected' || connection.state === 'unused'
      ? []
      : [sentence('health.amiws-down'), ...amiwsProblem(connection)]),
    ...pbxConnections
      .filter(({ state }) => state !== 'connected')
      .flatMap((pbx) => [sentence('health.ami-down', { pbx: pbx.name }), ...amiProblem(pbx)]),
  ];
  if (missing.length > 0) {
    return failed(...missing);
  }
  const up = servers.filter(({ state }) => state === 'up').map(({ server }) => server);
  return up.length > 0
    ? works(...workingText(status, up))
    : failed(sentence(connection.state === 'unused' ? 'health.silent-ami' : 'health.silent-amiws'));
}

function storedSentence({ records, calls, store: { place } }: Status): Sentence {
  return records === null || calls === null
    ? sentence('health.stored-uncounted')
    : sentence('health.stored', { records, calls, place });
}

function workingText(status: Status, up: readonly string[]): Text {
  const { connection, pbxConnections, servers, lastEventAt, frames, derivation, removed, imports } = status;
  const { differences, lost, keptLogs, filesError, sharing } = status;
  const bad = Object.values(frames.bad).reduce((sum, count) => sum + count, 0);
  return [
    ...(connection.state === 'connected' ? [sentence('health.amiws-up', { time: time(connection.since) })] : []),
    ...pbxConnections.map(({ name, since }) => sentence('health.ami-up', { pbx: name, time: time(since) })),
    sentence('health.pbxes', { names: up }),
    lastEventAt === null ? sentence('health.no-event') : sentence('health.last-event', { time: time(lastEventAt) }),
    storedSentence(status),
    ...sharingTexts(sharing),
    ...(derivation ? [sentence('health.derivation', derivation)] : []),
    ...(removed ? [sentence('health.removed', { records: removed.records, time: time(removed.before) })] : []),
    ...imports.flatMap((progress) => (progress === null ? [] : importText(progress))),
    ...differences.slice(-named).map(differenceSentence),
    ...lost.slice(-named).map(gapSentence),
    ...(keptLogs.length > 0 ? [sentence('health.kept-logs', { files: keptLogs })] : []),
    ...pbxConnections
      .filter(({ since, bootedAt }) => hasSystemClass(since, bootedAt, Date.now()) === false)
      .map(({ name }) => sentence('health.no-system-class', { pbx: name })),
    ...clocksOff(servers),
    ...(bad > 0 ? [sentence('health.bad', { count: bad })] : []),
    ...(frames.dropped > 0 ? [sentence('health.dropped', { count: frames.dropped })] : []),
    ...(filesError === null ? [] : [filesError]),
  ];
}

function importText({ server, state, done, total, problems, error }: ImportProgress): Text {
  if (error !== null) {
    return [sentence('health.import-failed', { server }), ...error];
  }
  if (state === 'running') {
    return [sentence('health.import-running', { server, done, total })];
  }
  const odd = Object.values(problems).reduce((sum, count) => sum + count, 0);
  return odd > 0 ? [sentence('health.import-problems', { count: odd, server })] : [];
}

/** A PBX clock that is off puts calls where they were not. */
function clocksOff(servers: Status['servers']): Text {
  return servers
    .filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs ?? 0) >= worrying)
    .map(({ server, clockOffsetMs }) => {
      const seconds = Math.round(Math.abs(clockOffsetMs!) / 1000);
      return sentence(clockOffsetMs! > 0 ? 'health.clock.fast' : 'health.clock.slow', { server, seconds });
    });
}

function time(instant: number | null): string {
  return instant === null ? 'now' : utcText(instant);
}
