import { differenceSentence } from '../../answers/difference-notice';
import { gapSentence } from '../../answers/gap-notice';
import type { CdrRecord } from '../../cdr/record';
import type { SetupSeen } from '../../setup/setup-checks';
import { amiProblem, amiwsProblem } from '../sources/connection-problem';
import type { Configured } from '../sources/roles';
import { clockSentence, roleSentence } from './sharing-texts';
import { statusOf } from './status';

/** Stored calls that tell of a PBX which has sent no record since the data source runs. */
const lookedAt = 200;

/** What the check list of the configuration page is made from. */
export async function setupSeen(source: Configured): Promise<SetupSeen> {
  const {
    connection,
    pbxConnections,
    servers,
    store,
    storeError,
    readError,
    sharing,
    differences,
    lost,
    keptLogs,
    imports,
  } = await statusOf(source);
  const pbxes = servers.map(({ server, state, since, clockOffsetMs }) => ({
    server,
    state,
    since,
    clockOffsetMs,
    bootedAt: source.state.bootedAt(server),
    zone: source.seen.zone(server),
    agentNames: source.namesOf(server),
    wrapUpQueues: Object.keys(source.settings.wrapUpTimes).length,
    queueLogs: imports.filter((one) => one?.server === server && one.kind === 'queue_log').map((one) => one!),
    differences: differences.filter((found) => found.server === server).map((found) => differenceSentence(found)),
    lost: lost.filter((gap) => gap.server === server).map((gap) => gapSentence(gap)),
    ...source.seen.of(server, Date.now()),
  }));
  const isQuiet = pbxes.some(({ records }) => records === 0);
  return {
    amiws: {
      state: connection.state,
      problem: connection.state === 'disconnected' ? amiwsProblem(connection) : [],
    },
    pbxConnections: pbxConnections.map((pbx) => ({
      server: pbx.name,
      state: pbx.state,
      since: pbx.since,
      tls: pbx.tls,
      problem: pbx.state === 'connected' || pbx.state === 'connecting' ? [] : amiProblem(pbx),
    })),
    store: { place: store.place, problem: storeError ?? readError },
    sharing: sharing && {
      hasWriter: sharing.writer !== null,
      role: roleSentence(sharing),
      clockProblem: clockSentence(sharing),
    },
    pbxes,
    keptLogs,
    stored: mappingsOf(isQuiet ? await lastRecords(source) : []),
  };
}

/** None of a store that can't be read: what is wrong with it is a check of its own. */
async function lastRecords(source: Configured): Promise<CdrRecord[]> {
  try {
    return await source.store.recordsOfLastCalls(lookedAt);
  } catch {
    return [];
  }
}

function mappingsOf(records: readonly CdrRecord[]): SetupSeen['stored'] {
  const latest = [...records].sort((a, b) => (a.startTime ?? 0) - (b.startTime ?? 0));
  return new Map(
    latest.map(({ server, linkedIdMapped, sequence }) => [
      server,
      { linkedIdMapped, sequenceMapped: sequence !== null },
    ])
  );
}
