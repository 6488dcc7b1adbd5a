import { needIds, needs, type HeardOfPbx, type NeedId, type NeedState } from './needs';
import type { SetupPart } from './setup-lines';
import { utcText } from '../query/utc-text';

/** What came over the wire from one PBX since the data source runs. Times in epoch milliseconds. */
export interface SeenOfPbx extends HeardOfPbx {
  server: string;
  /** `elsewhere`: only by other Grafanas that share the store. */
  state: 'up' | 'down' | 'elsewhere';
  /** When it was heard first, or last where it is not heard here. */
  since: number;
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
  /** Where it counted other queue visits than are stored in the last 24 hours, in words, the earliest first. */
  differences: readonly string[];
  /** What was stored of it and is gone, of the last 7 days, in words, the earliest first. */
  lost: readonly string[];
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
    problem: string;
  };
  /** PBXes whose AMI is logged in to. */
  pbxConnections: ReadonlyArray<{
    server: string;
    state: 'unconfigured' | 'connecting' | 'connected' | 'disconnected';
    tls: boolean;
    /** Why it is not connected and what to do; empty while it is. */
    problem: string;
  }>;
  /** What keeps the calls. */
  store: {
    /** Where, to follow "Calls are kept in". */
    place: string;
    /** Why it takes nothing, and what to do; null while it does. */
    problem: string | null;
  };
  /** What this Grafana does with a store that several share, in words; null where it has it to itself. */
  sharing: {
    hasWriter: boolean;
    role: string;
    /** By how much its clock is off; null where it is right. */
    clockProblem: string | null;
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
  | 'agentClass'
  | 'callClass'
  | 'names'
  | 'queueCounts'
  | 'stored'
  | 'clock'
  | 'timestamps'
  | 'timeZone'
  | NeedId;

export interface SetupCheck {
  id: SetupCheckId;
  /** Empty for amiws and the store. */
  server: string;
  /** `unknown`: nothing that would tell has been seen yet. */
  state: 'ok' | 'problem' | 'unknown';
  found: string;
  /** What to do next; empty where all is well. */
  advice: string;
  /** Whose lines help. */
  parts: SetupPart[];
}

type Verdict = Omit<SetupCheck, 'id' | 'server'>;

/** A record follows the end of its call within this time, unless the PBX writes them in batches. Milliseconds. */
const recordPatience = 60_000;
/** Records that can't have come without the end of a channel being told. */
const enoughRecords = 3;
const worryingClock = 30_000;
/** Differences and losses that are named, the latest. */
const named = 3;

const ok = (found: string): Verdict => ({ state: 'ok', found, advice: '', parts: [] });
const unknown = (found: string, advice: string, ...parts: SetupPart[]): Verdict => ({
  state: 'unknown',
  found,
  advice,
  parts,
});
const problem = (found: string, advice: string, ...parts: SetupPart[]): Verdict => ({
  state: 'problem',
  found,
  advice,
  parts,
});

/** What each PBX lacks, told from what was seen of it; amiws and the store first. `now` in epoch milliseconds. */
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

const noPbx = problem(
  'amiws is connected, but no PBX is heard.',
  'Check amihosts in amiws.yaml, that the AMI listens (manager.conf: enabled, port, bindaddr), and that amiws may log in ' +
    '(user, secret, permit). amiws writes to syslog why it could not.',
  'amiws',
  'amiUser'
);

function storeVerdict({ store: { place, problem: why } }: SetupSeen): Verdict {
  return why === null ? ok(`Calls are kept in ${place}.`) : problem(`No calls are kept in ${place} now.`, why);
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
      ...(hasWriter
        ? ok(sentence(role))
        : problem(sentence(role), 'Where none does, check that a Grafana runs that shares the store and listens.')),
    },
    {
      id: 'storeClock',
      server: '',
      ...(clockProblem === null
        ? ok('The clock of this Grafana is that of the database.')
        : problem(
            sentence(clockProblem),
            'Set both by NTP (chrony or systemd-timesyncd). Calls and gaps are stored right meanwhile, but live panels and ' +
              'alert rules of this Grafana look at another time.'
          )),
    },
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function amiwsChecks(seen: SetupSeen): SetupCheck[] {
  return seen.amiws.state === 'unused' ? [] : [{ id: 'amiws', server: '', ...amiwsVerdict(seen) }];
}

function amiChecks({ amiws, pbxConnections }: SetupSeen): SetupCheck[] {
  return amiws.state === 'unused' && pbxConnections.length === 0
    ? [{ id: 'ami', server: '', ...problem('No PBX is set.', 'Add one above, then Save & test.', 'ami') }]
    : pbxConnections.map((pbx) => ({ id: 'ami', server: pbx.server, ...amiVerdict(pbx) }));
}

function amiVerdict({ state, tls, problem: why }: SetupSeen['pbxConnections'][number]): Verdict {
  switch (state) {
    case 'connected':
      return ok(tls ? 'Logged in, with TLS.' : 'Logged in. Without TLS, who listens on the way can read the calls.');
    case 'connecting':
      return unknown('The connection is being opened.', 'This takes some seconds at most.');
    case 'unconfigured':
      return problem('It is not tried.', why);
    case 'disconnected':
      return problem('It is not connected.', why, 'ami');
  }
}

function amiwsVerdict({ amiws: { state, problem: why } }: SetupSeen): Verdict {
  switch (state) {
    case 'connected':
      return ok('amiws is connected.');
    case 'elsewhere':
      return ok('Other Grafanas that share the store listen to amiws.');
    case 'connecting':
      return unknown('The connection to amiws is being opened.', 'This takes some seconds at most.');
    case 'unused':
    case 'unconfigured':
      return problem('No amiws address is set.', 'Enter it above, then Save & test.', 'amiws');
    case 'disconnected':
      return problem('amiws is not connected.', why, 'amiws');
  }
}

function knownMappings({ server, linkedIdMapped, sequenceMapped }: SeenOfPbx, { stored }: SetupSeen) {
  return linkedIdMapped === null ? (stored.get(server) ?? {}) : { linkedIdMapped, sequenceMapped };
}

type PbxVerdict = (pbx: SeenOfPbx, now: number, seen: SetupSeen) => Verdict;

const pbxVerdicts: ReadonlyArray<readonly [SetupCheckId, PbxVerdict]> = [
  ['pbx', heard],
  ['cdrEvents', cdrEvents],
  [
    'linkedId',
    ({ linkedIdMapped }) => mapped('LinkedID', linkedIdMapped, 'the legs of a transferred call stand apart'),
  ],
  ['sequence', ({ sequenceMapped }) => mapped('Sequence', sequenceMapped, 'two records that look alike count as one')],
  ['did', did],
  ['unanswered', unanswered],
  ['agentClass', agentClass],
  ['callClass', callClass],
  ['names', names],
  ['queueCounts', queueCounts],
  ['stored', stored],
  ['clock', clock],
  ['timestamps', timestamps],
  ['timeZone', timeZone],
  ...needIds.map((id) => [id, (pbx: SeenOfPbx) => verdictOf(needs[id](pbx))] as const),
];

/** That something is not heard yet is no problem: it may not have happened. */
function verdictOf({ state, found, advice }: NeedState): Verdict {
  return state === 'heard' ? ok(found) : unknown(found, advice);
}

/** Of a PBX that only others hear, what the wire shows is theirs to check. */
const checksElsewhere: readonly SetupCheckId[] = ['pbx', 'stored'];

function pbxChecks(pbx: SeenOfPbx, now: number, seen: SetupSeen): SetupCheck[] {
  const isDirect = isLoggedInTo(pbx.server, seen);
  return pbxVerdicts
    .filter(([id]) => pbx.state !== 'elsewhere' || checksElsewhere.includes(id))
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
  if (state === 'elsewhere') {
    return seen.amiws.state === 'elsewhere'
      ? ok('Heard by another Grafana that shares the store.')
      : problem(
          'Only another Grafana that shares the store hears it.',
          isDirect
            ? 'Its calls are stored. See why this Grafana is not connected to it, so that no call is missed while the other one is away.'
            : 'Its calls are stored. Check that the amiws of this Grafana can log in to the PBX, so that no call is missed while ' +
                'the other one is away.'
        );
  }
  return state === 'up'
    ? ok(`Heard since ${utcText(since)}.`)
    : problem(
        `Last heard ${utcText(since)}.`,
        isDirect
          ? 'Check that the PBX runs. It is tried again by itself.'
          : 'Check that the PBX runs and that amiws can log in to it; amiws may need a restart to connect again. Remove ' +
              'it from this list where it is out of service.'
      );
}

function cdrEvents({ records, answered, firstAnsweredAt }: SeenOfPbx, now: number): Verdict {
  if (records > 0) {
    return ok(`${records} Cdr events came.`);
  }
  if (answered >= 2 && now - firstAnsweredAt! > recordPatience) {
    return problem(
      `${answered} channels ended after an answer, but no Cdr event came.`,
      'Turn on cdr_manager and give the AMI user the read class cdr. A PBX with batch = yes in cdr.conf sends its records ' +
        'up to 5 minutes late.',
      'cdrManager',
      'amiUser'
    );
  }
  return unknown(
    'No answered call has ended since.',
    'Make a test call and answer it. Where none shows up within a minute, add these lines.',
    'cdrManager',
    'amiUser'
  );
}

function mapped(label: string, isMapped: boolean | null, consequence: string): Verdict {
  if (isMapped === null) {
    return unknown('No Cdr event came yet that would tell.', 'Make a test call.');
  }
  return isMapped
    ? ok(`Cdr events carry ${label}.`)
    : problem(
        `Cdr events do not carry ${label}, so that ${consequence}.`,
        `Map ${label} in cdr_manager.conf.`,
        'cdrManager'
      );
}

function did({ didMapped }: SeenOfPbx): Verdict {
  return didMapped
    ? ok('Calls from outside carry the number first dialled (did).')
    : unknown(
        didMapped === null
          ? 'No call from outside has ended since.'
          : 'Calls from outside carry no did, so that the destination of their first record is their DID.',
        'Where the dialplan changes the extension, as FreePBX does, map did and cnum in cdr_manager.conf.',
        'cdrManager'
      );
}

function unanswered({ records, unansweredRecords, unrecordedCallers }: SeenOfPbx): Verdict {
  if (records > 0 && unrecordedCallers >= 2) {
    return problem(
      `${unrecordedCallers} calls that nobody answered left no record.`,
      'Set unanswered = yes in cdr.conf. It brings the record of a caller who gives up before a phone rings, so that missed ' +
        'calls outside of queues count and imported history knows them too.',
      'unanswered'
    );
  }
  return unansweredRecords > 0
    ? ok('Calls that nobody answered leave a record.')
    : unknown(
        'No caller has given up before a phone rang.',
        'With unanswered = yes in cdr.conf such a call leaves a record, which it does not by default.',
        'unanswered'
      );
}

function agentClass({ queueEvents, queueRecords }: SeenOfPbx): Verdict {
  if (queueEvents > 0) {
    return ok(`${queueEvents} queue events came.`);
  }
  return queueRecords > 0
    ? problem(
        `${queueRecords} records of callers in queues came, but no queue event.`,
        'Give the AMI user the read class agent, for queue figures that equal the PBX’s own, and for agents’ log-ins and pauses.',
        'amiUser'
      )
    : unknown('No call has been in a queue since.', 'Call a queue, if this PBX has one.');
}

function callClass({ hangups, records }: SeenOfPbx): Verdict {
  if (hangups > 0) {
    return ok(`${hangups} channels ended. Calls now shows those that go on.`);
  }
  return records >= enoughRecords
    ? problem(
        `${records} Cdr events came, but no Hangup event.`,
        'Give the AMI user the read class call: without it Calls now shows no calls, a caller whose channel vanished seems to wait in ' +
          'the queue for ever, transfers are told from records or the queue_log, less exactly, and calls that agents refuse are ' +
          'not told.',
        'amiUser'
      )
    : unknown('No call has ended since.', 'Make a test call.');
}

function names({ agentNames, queueEvents, records }: SeenOfPbx): Verdict {
  if (agentNames > 0) {
    return ok(`${agentNames} ${agentNames === 1 ? 'agent has' : 'agents have'} a name.`);
  }
  return queueEvents > 0 || records >= enoughRecords
    ? unknown(
        'No agent has a name yet.',
        'Name queue members (membername in queues.conf, the fourth value of AddQueueMember) or phones (callerid), or add ' +
          'names under Names and teams above.'
      )
    : unknown('No agent has been heard yet.', 'Call a queue or a phone, and answer.');
}

function queueCounts({ queueCounters, differences }: SeenOfPbx): Verdict {
  if (differences.length > 0) {
    return problem(
      `${differences.slice(-named).join('. ')}.`,
      'Look at the gaps of that time. What is missing can be imported from the PBX’s own records, under Call history above.'
    );
  }
  return queueCounters > 0
    ? ok('Nothing differs from what the PBX counted in its queues in the last 24 hours.')
    : unknown('The PBX has not sent its queue counters yet.', 'It is asked every hour, where it has queues.');
}

function stored({ lost }: SeenOfPbx, _now: number, { keptLogs }: SetupSeen): Verdict {
  if (lost.length === 0) {
    return ok('Nothing that was stored is gone in the last 7 days.');
  }
  const kept = keptLogs.length > 0 ? ` What was damaged is kept beside the store as ${keptLogs.join(' and ')}.` : '';
  return problem(
    `${lost.slice(-named).join('. ')}.`,
    `Import the calls of that time from the PBX’s own records, under Call history above.${kept}`
  );
}

function clock({ clockOffsetMs }: SeenOfPbx): Verdict {
  if (clockOffsetMs === null) {
    return unknown('The PBX has not sent its time yet.', 'It is asked every 15 seconds.');
  }
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000);
  return Math.abs(clockOffsetMs) < worryingClock
    ? ok(seconds === 0 ? 'The clock is right.' : `The clock is ${seconds} s off.`)
    : problem(
        `The clock is ${seconds} s ${clockOffsetMs > 0 ? 'fast' : 'slow'}.`,
        'Set it by NTP (chrony or systemd-timesyncd) on the PBX, and on the Grafana server too: calls are shown when the ' +
          'PBX says they were.'
      );
}

function timestamps({ timestamped }: SeenOfPbx): Verdict {
  if (timestamped === null) {
    return unknown('No event came yet that would tell.', 'Make a test call.');
  }
  return timestamped
    ? ok('Events carry the time at which they happened.')
    : problem(
        'Events carry no time of their own, so that the time of their arrival is taken.',
        'Turn on timestampevents in manager.conf.',
        'timestamps'
      );
}

function timeZone({ zone, utcOffset, zoneOffset, records }: SeenOfPbx): Verdict {
  if (utcOffset === null) {
    return records > 0 && zone === ''
      ? problem(
          'The time zone of the PBX can’t be detected: its UniqueIDs carry no time.',
          'Choose it under PBX time above.'
        )
      : unknown('No Cdr event came yet that would tell.', 'Make a test call.');
  }
  return zone !== '' && zoneOffset !== utcOffset
    ? problem(
        `The settings say ${zone}, which is ${offsetText(zoneOffset ?? 0)}, but records show ${offsetText(utcOffset)}.`,
        'Correct the zone under PBX time above, or leave it empty to have it learned.'
      )
    : ok(`The PBX’s clock is ${offsetText(utcOffset)}${zone === '' ? ', as its UniqueIDs tell' : ''}.`);
}

function offsetText(seconds: number): string {
  const minutes = Math.abs(Math.round(seconds / 60));
  const two = (value: number) => String(value).padStart(2, '0');
  return seconds === 0 ? 'UTC' : `UTC${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
