import { needIds, needs, type HeardOfPbx, type NeedId, type NeedState } from './needs';
import type { ImportProgress } from './import-progress';
import type { SetupPart } from './setup-lines';
import { hasSystemClass } from './system-class';
import { utcText } from '../query/utc-text';
import { sentence, type Sentence, type Text } from '../sentences/sentence';

/** What came over the wire from one PBX since the data source runs. Times in epoch milliseconds. */
export interface SeenOfPbx extends HeardOfPbx {
  server: string;
  /** `elsewhere`: only by other Grafanas that share the store. */
  state: 'up' | 'down' | 'elsewhere';
  /** When it was heard first, or last where it is not heard here. */
  since: number;
  /** When FullyBooted came last; null where it did not. */
  bootedAt: number | null;
  /** Milliseconds that its clock is ahead of ours; null until it answered a Ping. */
  clockOffsetMs: number | null;
  /** Cdr events of callers in a queue. */
  queueRecords: number;
  /** Whether the last record carries them; null without a record. */
  linkedIdMapped: boolean | null;
  sequenceMapped: boolean | null;
  /** Whether the last record of a call from outside carries the number first dialled as `did`; null without such a call. */
  didMapped: boolean | null;
  /** Agents whose names it told, in this run or before. */
  agentNames: number;
  /** Queues of which a wrap-up time is set, on any PBX. */
  wrapUpQueues: number;
  /** Imports of its queue_log. */
  queueLogs: ReadonlyArray<Pick<ImportProgress, 'state' | 'added' | 'error'>>;
  /** Events that only the read class `agent` brings. */
  queueEvents: number;
  /** Channels among them that had been answered: a record follows, whatever cdr.conf says. */
  answered: number;
  /** When the first of them ended, by our clock. */
  firstAnsweredAt: number | null;
  /** Cdr events that only `unanswered = yes` in cdr.conf brings. */
  unansweredRecords: number;
  /** Calls that nobody answered and of which no record came. */
  unrecordedCallers: number;
  /** Answers to QueueStatus, one for each queue. */
  queueCounters: number;
  /** Where it counted other queue visits than are stored in the last 24 hours, the earliest first. */
  differences: Text;
  /** What was stored of it and is gone, of the last 7 days, the earliest first. */
  lost: Text;
  /** Whether the last event carries a time of its own; null without an event. */
  timestamped: boolean | null;
  /** IANA zone of the settings; empty where the offset is learned. */
  zone: string;
  /** Seconds that its wall clock was ahead of UTC in the last record; null without a record whose UniqueID tells it. */
  utcOffset: number | null;
  /** The same by the zone of the settings. */
  zoneOffset: number | null;
}

/** What the check list is made from. */
export interface SetupSeen {
  amiws: {
    /** `unused`: only PBXes themselves are listened to. */
    state: 'unused' | 'unconfigured' | 'elsewhere' | 'connecting' | 'connected' | 'disconnected';
    /** Why it is not connected and what to do; empty while it is. */
    problem: Text;
  };
  /** PBXes whose AMI is logged in to. */
  pbxConnections: ReadonlyArray<{
    server: string;
    state: 'unconfigured' | 'connecting' | 'connected' | 'disconnected';
    /** Of the login, by our clock; null while it is not connected. */
    since: number | null;
    tls: boolean;
    /** Why it is not connected and what to do; empty while it is. */
    problem: Text;
  }>;
  /** What keeps the calls. */
  store: {
    place: Sentence;
    /** Why it takes nothing, and what to do; null while it does. */
    problem: Text | null;
  };
  /** What this Grafana does with a store that several share; null where it has it to itself. */
  sharing: {
    hasWriter: boolean;
    role: Sentence;
    /** By how much its clock is off; null where it is right. */
    clockProblem: Sentence | null;
  } | null;
  pbxes: SeenOfPbx[];
  /** Files beside the store: its logs that were damaged, as they were found. */
  keptLogs: readonly string[];
  /** Of what is stored: the last records of each PBX, for those that sent none since. */
  stored: ReadonlyMap<string, Pick<SeenOfPbx, 'linkedIdMapped' | 'sequenceMapped'>>;
}

export type SetupCheckId =
  | 'amiws'
  | 'ami'
  | 'store'
  | 'sharing'
  | 'storeClock'
  | 'pbx'
  | 'cdrEvents'
  | 'linkedId'
  | 'sequence'
  | 'did'
  | 'unanswered'
  | 'systemClass'
  | 'agentClass'
  | 'callClass'
  | 'names'
  | 'queueCounts'
  | 'stored'
  | 'clock'
  | 'timestamps'
  | 'timeZone'
  | NeedId
  | 'wrapUp'
  | 'queueLog';

export interface SetupCheck {
  id: SetupCheckId;
  /** Empty for amiws and the store. */
  server: string;
  /** `unknown`: what would show it has not been seen yet. */
  state: 'ok' | 'problem' | 'unknown';
  found: Text;
  /** What to do next; empty where all is well. */
  advice: Text;
  /** Whose lines help. */
  parts: SetupPart[];
}

type Verdict = Omit<SetupCheck, 'id' | 'server'>;

/** A record follows the end of its call within this time, unless the PBX writes them in batches. Milliseconds. */
const recordPatience = 60_000;
/** Records that can't have come without the end of a channel. */
const enoughRecords = 3;
const worryingClock = 30_000;
/** Differences and losses that are named, the latest. */
const named = 3;

type Said = Sentence | Text;
const textOf = (said: Said): Text => ('id' in said ? [said] : said);

const verdict =
  (state: Verdict['state']) =>
  (found: Said, advice: Said, ...parts: SetupPart[]): Verdict => ({
    state,
    found: textOf(found),
    advice: textOf(advice),
    parts,
  });
const ok = (found: Said): Verdict => verdict('ok')(found, []);
const unknown = verdict('unknown');
const problem = verdict('problem');

/** What each PBX lacks, judged by what was seen of it; amiws and the store first. `now` in epoch milliseconds. */
export function setupChecks(seen: SetupSeen, now: number): SetupCheck[] {
  return [
    ...amiwsChecks(seen),
    ...amiChecks(seen),
    ...(seen.amiws.state === 'connected' && seen.pbxes.length === 0
      ? [{ id: 'pbx' as const, server: '', ...noPbx }]
      : []),
    { id: 'store', server: '', ...storeVerdict(seen) },
    ...sharingChecks(seen),
    ...seen.pbxes.flatMap((pbx) => pbxChecks({ ...pbx, ...knownMappings(pbx, seen) }, now, seen)),
  ];
}

const noPbx = problem(sentence('setup.no-pbx.found'), sentence('setup.no-pbx.advice'), 'amiws', 'amiUser');

function storeVerdict({ store: { place, problem: why } }: SetupSeen): Verdict {
  return why === null
    ? ok(sentence('setup.store.ok', { place }))
    : problem(sentence('setup.store.failed', { place }), why);
}

function sharingChecks({ sharing }: SetupSeen): SetupCheck[] {
  if (sharing === null) {
    return [];
  }
  const { hasWriter, role, clockProblem } = sharing;
  return [
    {
      id: 'sharing',
      server: '',
      ...(hasWriter ? ok(role) : problem(role, sentence('setup.sharing.no-writer-advice'))),
    },
    {
      id: 'storeClock',
      server: '',
      ...(clockProblem === null
        ? ok(sentence('setup.store-clock.ok'))
        : problem(clockProblem, sentence('setup.store-clock.advice'))),
    },
  ];
}

function amiwsChecks(seen: SetupSeen): SetupCheck[] {
  return seen.amiws.state === 'unused' ? [] : [{ id: 'amiws', server: '', ...amiwsVerdict(seen) }];
}

function amiChecks({ amiws, pbxConnections }: SetupSeen): SetupCheck[] {
  const none = problem(sentence('setup.ami.none'), sentence('setup.ami.none-advice'), 'ami');
  return amiws.state === 'unused' && pbxConnections.length === 0
    ? [{ id: 'ami', server: '', ...none }]
    : pbxConnections.map((pbx) => ({ id: 'ami', server: pbx.server, ...amiVerdict(pbx, amiws.state !== 'unused') }));
}

const connecting = unknown(sentence('setup.connecting'), sentence('setup.connecting-advice'));

function amiVerdict(
  { state, tls, problem: why }: SetupSeen['pbxConnections'][number],
  isBesideAmiws: boolean
): Verdict {
  const alone = isBesideAmiws ? [sentence('setup.ami.alone')] : [];
  switch (state) {
    case 'connected':
      return ok([sentence(tls ? 'setup.ami.tls' : 'setup.ami.no-tls'), ...alone]);
    case 'connecting':
      return connecting;
    case 'unconfigured':
      return problem(sentence('setup.ami.skipped'), why);
    case 'disconnected':
      return problem([sentence('setup.ami.failed'), ...alone], why, 'ami');
  }
}

function amiwsVerdict({ amiws: { state, problem: why } }: SetupSeen): Verdict {
  switch (state) {
    case 'connected':
      return ok(sentence('setup.amiws.ok'));
    case 'elsewhere':
      return ok(sentence('setup.amiws.elsewhere'));
    case 'connecting':
      return connecting;
    case 'unused':
    case 'unconfigured':
      return problem(sentence('setup.amiws.none'), sentence('setup.amiws.none-advice'), 'amiws');
    case 'disconnected':
      return problem(sentence('setup.amiws.failed'), why, 'amiws');
  }
}

function knownMappings({ server, linkedIdMapped, sequenceMapped }: SeenOfPbx, { stored }: SetupSeen) {
  return linkedIdMapped === null ? (stored.get(server) ?? {}) : { linkedIdMapped, sequenceMapped };
}

type PbxVerdict = (pbx: SeenOfPbx, now: number, seen: SetupSeen) => Verdict;

const pbxVerdicts: ReadonlyArray<readonly [SetupCheckId, PbxVerdict]> = [
  ['pbx', heard],
  ['cdrEvents', cdrEvents],
  ['linkedId', ({ linkedIdMapped }) => mapped('LinkedID', linkedIdMapped, sentence('setup.mapping.no-linked-id'))],
  ['sequence', ({ sequenceMapped }) => mapped('Sequence', sequenceMapped, sentence('setup.mapping.no-sequence'))],
  ['did', did],
  ['unanswered', unanswered],
  ['systemClass', systemClass],
  ['agentClass', agentClass],
  ['callClass', callClass],
  ['names', names],
  ['queueCounts', queueCounts],
  ['stored', stored],
  ['clock', clock],
  ['timestamps', timestamps],
  ['timeZone', timeZone],
  ...needIds.map((id) => [id, (pbx: SeenOfPbx) => verdictOf(needs[id](pbx))] as const),
  ['wrapUp', wrapUp],
  ['queueLog', queueLog],
];

/** That something is not heard yet is no problem: it may not have happened. */
function verdictOf({ state, found, advice }: NeedState): Verdict {
  return state === 'heard' ? ok(found) : unknown(found, advice ?? []);
}

/** Of a PBX that is not listened to here, nothing is on the wire that could be checked. */
const checksElsewhere: readonly SetupCheckId[] = ['pbx', 'stored'];

function pbxChecks(pbx: SeenOfPbx, now: number, seen: SetupSeen): SetupCheck[] {
  const isDirect = isLoggedInTo(pbx.server, seen);
  const isListenedTo = pbx.state !== 'elsewhere' && (isDirect || seen.amiws.state !== 'unused');
  return pbxVerdicts
    .filter(([id]) => isListenedTo || checksElsewhere.includes(id))
    .filter(([id]) => id !== 'queueLog' || pbx.queueLogs.length > 0)
    .map(([id, judge]) => {
      const verdict = judge(pbx, now, seen);
      const parts = verdict.parts.map((part) => (part === 'amiUser' && isDirect ? 'ami' : part));
      return { id, server: pbx.server, ...verdict, parts };
    });
}

/** True where no amiws lies between. */
function isLoggedInTo(server: string, { pbxConnections }: SetupSeen): boolean {
  return pbxConnections.some((pbx) => pbx.server === server);
}

function heard({ server, state, since }: SeenOfPbx, _now: number, seen: SetupSeen): Verdict {
  const isDirect = isLoggedInTo(server, seen);
  const way = isDirect ? 'ami' : wayTo(seen.amiws.state);
  const time = utcText(since);
  if (state === 'elsewhere') {
    return seen.amiws.state === 'elsewhere'
      ? ok(sentence('setup.pbx.elsewhere'))
      : problem(
          sentence('setup.pbx.only-elsewhere'),
          sentence(way === 'amiws' ? 'setup.pbx.only-elsewhere-amiws' : 'setup.pbx.only-elsewhere-ami')
        );
  }
  return state === 'up'
    ? ok(sentence('setup.pbx.up', { time }))
    : problem(sentence('setup.pbx.down', { time }), sentence(`setup.pbx.down-${way}`));
}

/** How a PBX is to be heard that is not logged in to. */
function wayTo(amiws: SetupSeen['amiws']['state']): 'amiws' | 'elsewhere' | 'unset' {
  return amiws === 'unused' ? 'unset' : amiws === 'elsewhere' ? 'elsewhere' : 'amiws';
}

function cdrEvents({ records, answered, firstAnsweredAt }: SeenOfPbx, now: number): Verdict {
  if (records > 0) {
    return ok(sentence('setup.cdr-events.ok', { count: records }));
  }
  if (answered >= 2 && now - firstAnsweredAt! > recordPatience) {
    return problem(
      sentence('setup.cdr-events.missing', { count: answered }),
      sentence('setup.cdr-events.missing-advice'),
      'cdrManager',
      'amiUser'
    );
  }
  return unknown(
    sentence('setup.cdr-events.unknown'),
    sentence('setup.cdr-events.unknown-advice'),
    'cdrManager',
    'amiUser'
  );
}

function mapped(label: string, isMapped: boolean | null, consequence: Sentence): Verdict {
  if (isMapped === null) {
    return unknown(sentence('setup.mapping.unknown'), sentence('setup.test-call'));
  }
  return isMapped
    ? ok(sentence('setup.mapping.ok', { label }))
    : problem(consequence, sentence('setup.mapping.advice', { label }), 'cdrManager');
}

function did({ didMapped }: SeenOfPbx): Verdict {
  return didMapped
    ? ok(sentence('setup.did.ok'))
    : unknown(
        sentence(didMapped === null ? 'setup.did.unknown' : 'setup.did.missing'),
        sentence('setup.did.advice'),
        'cdrManager'
      );
}

function unanswered({ records, unansweredRecords, unrecordedCallers }: SeenOfPbx): Verdict {
  if (records > 0 && unrecordedCallers >= 2) {
    return problem(
      sentence('setup.unanswered.missing', { calls: unrecordedCallers }),
      sentence('setup.unanswered.missing-advice'),
      'unanswered'
    );
  }
  return unansweredRecords > 0
    ? ok(sentence('setup.unanswered.ok'))
    : unknown(sentence('setup.unanswered.unknown'), sentence('setup.unanswered.unknown-advice'), 'unanswered');
}

function systemClass({ server, bootedAt }: SeenOfPbx, now: number, { pbxConnections }: SetupSeen): Verdict {
  const direct = pbxConnections.find((pbx) => pbx.server === server);
  const isBrought = direct ? hasSystemClass(direct.since, bootedAt, now) : bootedAt !== null || null;
  if (isBrought !== null) {
    return isBrought
      ? ok(sentence('setup.system-class.ok'))
      : problem(sentence('setup.system-class.missing'), sentence('setup.system-class.missing-advice'), 'amiUser');
  }
  return direct
    ? connecting
    : unknown(sentence('setup.system-class.unknown'), sentence('setup.system-class.unknown-advice'));
}

function agentClass({ queueEvents, queueRecords }: SeenOfPbx): Verdict {
  if (queueEvents > 0) {
    return ok(sentence('setup.agent-class.ok', { count: queueEvents }));
  }
  return queueRecords > 0
    ? problem(
        sentence('setup.agent-class.missing', { count: queueRecords }),
        sentence('setup.agent-class.missing-advice'),
        'amiUser'
      )
    : unknown(sentence('setup.agent-class.unknown'), sentence('setup.agent-class.unknown-advice'));
}

function callClass({ hangups, records, queueCallers }: SeenOfPbx): Verdict {
  if (hangups > 0) {
    return ok(sentence('setup.call-class.ok', { count: hangups }));
  }
  const shown = Math.max(records, queueCallers);
  return shown >= enoughRecords
    ? problem(
        sentence('setup.call-class.missing', { count: shown }),
        sentence('setup.call-class.missing-advice'),
        'amiUser'
      )
    : unknown(sentence('setup.call-class.unknown'), sentence('setup.test-call'));
}

function names({ agentNames, queueEvents, records }: SeenOfPbx): Verdict {
  if (agentNames > 0) {
    return ok(sentence('setup.names.ok', { count: agentNames }));
  }
  return queueEvents > 0 || records >= enoughRecords
    ? unknown(sentence('setup.names.none'), sentence('setup.names.none-advice'))
    : unknown(sentence('setup.names.unknown'), sentence('setup.names.unknown-advice'));
}

function queueCounts({ queueCounters, differences }: SeenOfPbx): Verdict {
  if (differences.length > 0) {
    return problem(differences.slice(-named), sentence('setup.queue-counts.differ-advice'));
  }
  return queueCounters > 0
    ? ok(sentence('setup.queue-counts.ok'))
    : unknown(sentence('setup.queue-counts.unknown'), sentence('setup.queue-counts.unknown-advice'));
}

function stored({ lost }: SeenOfPbx, _now: number, { keptLogs }: SetupSeen): Verdict {
  if (lost.length === 0) {
    return ok(sentence('setup.stored.ok'));
  }
  const kept = keptLogs.length > 0 ? [sentence('setup.stored.kept-logs', { files: keptLogs })] : [];
  return problem(lost.slice(-named), [sentence('setup.stored.lost-advice'), ...kept]);
}

/** No event carries that of a queue. */
function wrapUp({ wrapUpQueues: count }: SeenOfPbx): Verdict {
  return count > 0
    ? ok(sentence('setup.wrap-up.ok', { count }))
    : unknown(sentence('setup.wrap-up.unknown'), sentence('setup.wrap-up.unknown-advice'));
}

function queueLog({ queueLogs }: SeenOfPbx): Verdict {
  const failed = queueLogs.find(({ error }) => error !== null);
  if (failed) {
    return problem(sentence('setup.queue-log.failed'), failed.error!);
  }
  return queueLogs.every(({ state }) => state === 'done')
    ? ok(sentence('setup.queue-log.ok', { count: queueLogs.reduce((sum, { added }) => sum + added, 0) }))
    : unknown(sentence('setup.queue-log.unread'), sentence('setup.queue-log.unread-advice'));
}

function clock({ clockOffsetMs }: SeenOfPbx): Verdict {
  if (clockOffsetMs === null) {
    return unknown(sentence('setup.clock.unknown'), sentence('setup.clock.unknown-advice'));
  }
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000);
  return Math.abs(clockOffsetMs) < worryingClock
    ? ok(seconds === 0 ? sentence('setup.clock.right') : sentence('setup.clock.off', { seconds }))
    : problem(
        sentence(clockOffsetMs > 0 ? 'setup.clock.fast' : 'setup.clock.slow', { seconds }),
        sentence('setup.clock.advice')
      );
}

function timestamps({ timestamped }: SeenOfPbx): Verdict {
  if (timestamped === null) {
    return unknown(sentence('setup.timestamps.unknown'), sentence('setup.test-call'));
  }
  return timestamped
    ? ok(sentence('setup.timestamps.ok'))
    : problem(sentence('setup.timestamps.missing'), sentence('setup.timestamps.advice'), 'timestamps');
}

function timeZone({ zone, utcOffset, zoneOffset, records }: SeenOfPbx): Verdict {
  if (utcOffset === null) {
    return records > 0 && zone === ''
      ? problem(sentence('setup.time-zone.undetected'), sentence('setup.time-zone.undetected-advice'))
      : unknown(sentence('setup.mapping.unknown'), sentence('setup.test-call'));
  }
  const offset = offsetText(utcOffset);
  return zone !== '' && zoneOffset !== utcOffset
    ? problem(
        sentence('setup.time-zone.differs', { zone, zoneOffset: offsetText(zoneOffset ?? 0), offset }),
        sentence('setup.time-zone.differs-advice')
      )
    : ok(sentence(zone === '' ? 'setup.time-zone.detected' : 'setup.time-zone.set', { offset }));
}

function offsetText(seconds: number): string {
  const minutes = Math.abs(Math.round(seconds / 60));
  const two = (value: number) => String(value).padStart(2, '0');
  return seconds === 0 ? 'UTC' : `UTC${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
