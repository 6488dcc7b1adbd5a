import { english } from '../sentences/english';
import { sentence, verbatim } from '../sentences/sentence';
import { needIds, nothingHeard } from './needs';
import { setupChecks, type SeenOfPbx, type SetupCheck, type SetupCheckId, type SetupSeen } from './setup-checks';

const now = Date.UTC(2026, 10, 24, 12);

/** A PBX of which everything came that should. */
const healthy: SeenOfPbx = {
  server: 'pbx-east',
  state: 'up',
  since: now - 3_600_000,
  bootedAt: now - 3_600_000,
  clockOffsetMs: 12,
  records: 40,
  inboundRecords: 30,
  outboundRecords: 5,
  trunkRecords: 35,
  callingAgentRecords: 5,
  memberEvents: 12,
  queueCallers: 9,
  endedTalks: 6,
  transferEvents: 2,
  channels: 80,
  isOld: false,
  queueRecords: 7,
  linkedIdMapped: true,
  sequenceMapped: true,
  didMapped: true,
  agentNames: 3,
  wrapUpQueues: 1,
  queueLogs: [{ state: 'done', added: 4, error: null }],
  queueEvents: 30,
  hangups: 60,
  answered: 50,
  firstAnsweredAt: now - 3_500_000,
  unansweredRecords: 2,
  unrecordedCallers: 0,
  queueCounters: 4,
  differences: [],
  lost: [],
  timestamped: true,
  zone: '',
  utcOffset: 3600,
  zoneOffset: 0,
};

/** A PBX of which nothing came but answers to Pings. */
const quiet: SeenOfPbx = {
  ...healthy,
  ...nothingHeard,
  bootedAt: null,
  queueRecords: 0,
  linkedIdMapped: null,
  sequenceMapped: null,
  didMapped: null,
  agentNames: 0,
  queueEvents: 0,
  answered: 0,
  firstAnsweredAt: null,
  unansweredRecords: 0,
  queueCounters: 0,
  timestamped: null,
  utcOffset: null,
  zoneOffset: null,
};

function seen(pbx: Partial<SeenOfPbx> = {}, others: Partial<SetupSeen> = {}): SetupSeen {
  return {
    amiws: { state: 'connected', problem: [] },
    pbxConnections: [],
    store: { place: sentence('store.place.duckdb'), problem: null },
    pbxes: [{ ...healthy, ...pbx }],
    sharing: null,
    keptLogs: [],
    stored: new Map(),
    ...others,
  };
}

/** A check as it reads in English. */
function check(id: SetupCheckId, given: SetupSeen) {
  return inEnglish(setupChecks(given, now).find((found) => found.id === id)!);
}

function inEnglish({ found, advice, ...rest }: SetupCheck) {
  return { ...rest, found: english(found), advice: english(advice) };
}

test('a PBX of which all came passes every check, without advice', () => {
  const checks = setupChecks(seen(), now);
  expect(checks.map(({ id }) => id)).toEqual([
    'amiws',
    'store',
    'pbx',
    'cdrEvents',
    'linkedId',
    'sequence',
    'did',
    'unanswered',
    'systemClass',
    'agentClass',
    'callClass',
    'names',
    'queueCounts',
    'stored',
    'clock',
    'timestamps',
    'timeZone',
    ...needIds,
    'wrapUp',
    'queueLog',
  ]);
  expect(checks.filter(({ state, advice, parts }) => state !== 'ok' || advice.length > 0 || parts.length > 0)).toEqual(
    []
  );
});

test('a PBX that was only heard leaves every other check open, and each says how to find out', () => {
  const checks = setupChecks(seen(quiet), now).filter(({ state }) => state !== 'ok');
  expect(checks.map(({ id, state }) => [id, state])).toEqual(
    [
      'cdrEvents',
      'linkedId',
      'sequence',
      'did',
      'unanswered',
      'systemClass',
      'agentClass',
      'callClass',
      'names',
      'queueCounts',
      'timestamps',
      'timeZone',
      ...needIds,
    ].map((id) => [id, 'unknown'])
  );
  expect(checks.every(({ advice }) => advice.length > 0)).toBe(true);
});

test('calls from outside without a did are no problem, since only some PBXes change the extension', () => {
  expect(check('did', seen({ didMapped: false }))).toMatchObject({ state: 'unknown', parts: ['cdrManager'] });
  expect(check('did', seen({ didMapped: true })).state).toBe('ok');
});

test.each<[SetupCheckId, string, Partial<SeenOfPbx>, SetupCheck['parts'], string]>([
  ['pbx', 'it went silent', { state: 'down' }, [], 'Last heard 2026-11-24 11:00:00 UTC'],
  [
    'cdrEvents',
    'calls were answered and no Cdr event came within a minute of their end',
    { ...quiet, hangups: 2, answered: 2, firstAnsweredAt: now - 61_000 },
    ['cdrManager', 'amiUser'],
    '2 channels ended after an answer, but no Cdr event was received',
  ],
  ['linkedId', 'records carry no linked id', { linkedIdMapped: false }, ['cdrManager'], "don't contain LinkedID"],
  ['sequence', 'records carry no sequence', { sequenceMapped: false }, ['cdrManager'], "don't contain Sequence"],
  [
    'unanswered',
    'calls that nobody answered left no record',
    { unrecordedCallers: 3 },
    ['unanswered'],
    '3 unanswered calls produced no CDR',
  ],
  ['agentClass', 'callers were in queues without events', { queueEvents: 0 }, ['amiUser'], '7 CDRs of callers'],
  [
    'callClass',
    'records came without Hangup',
    { hangups: 0, answered: 0, firstAnsweredAt: null },
    ['amiUser'],
    'no Hangup events',
  ],
  [
    'callClass',
    'callers were in queues, and neither a record nor Hangup came',
    { ...quiet, queueCallers: 3 },
    ['amiUser'],
    '3 calls received, but no Hangup events',
  ],
  [
    'queueCounts',
    'it counted other visits than are stored',
    { differences: ['First.', 'Second.', 'Third.', 'Asterisk counted 3 more.'].map(verbatim) },
    [],
    'Second. Third. Asterisk counted 3 more.',
  ],
  ['clock', 'its clock is fast', { clockOffsetMs: 95_200 }, [], '95 s fast'],
  ['clock', 'its clock is slow', { clockOffsetMs: -30_000 }, [], '30 s slow'],
  ['timestamps', 'events carry no time', { timestamped: false }, ['timestamps'], 'contain no time'],
  ['timeZone', 'UniqueIDs carry no time', { utcOffset: null, zoneOffset: null }, [], "can't be detected"],
  [
    'timeZone',
    'records contradict the zone of the settings',
    { zone: 'Europe/Paris', utcOffset: -16_200, zoneOffset: 3600 },
    [],
    'Europe/Paris (UTC+01:00), but CDRs show UTC-04:30',
  ],
])('%s is a problem where %s', (id, _why, pbx, parts, found) => {
  const judged = check(id, seen(pbx));
  expect(judged).toMatchObject({ server: 'pbx-east', state: 'problem', parts });
  expect(judged.found).toContain(found);
  expect(judged.advice).not.toBe('');
});

test('a call that has just ended may still get its record', () => {
  expect(check('cdrEvents', seen({ ...quiet, hangups: 2, answered: 2, firstAnsweredAt: now - 30_000 })).state).toBe(
    'unknown'
  );
});

test.each<[string, Partial<SeenOfPbx>, SetupCheck['state']]>([
  ['nobody answered any call, and none left a record', { ...quiet, hangups: 60, unrecordedCallers: 30 }, 'unknown'],
  ['one call that nobody answered left no record', { unansweredRecords: 0, unrecordedCallers: 1 }, 'unknown'],
])('no check is a problem where %s', (_, pbx, unanswered) => {
  expect(check('cdrEvents', seen(pbx)).state).not.toBe('problem');
  expect(check('unanswered', seen(pbx)).state).toBe(unanswered);
});

test('what is stored shows the mappings of a PBX that sent no record since', () => {
  const stored = new Map([['pbx-east', { linkedIdMapped: false, sequenceMapped: true }]]);
  expect(check('linkedId', seen(quiet, { stored })).state).toBe('problem');
  expect(check('sequence', seen(quiet, { stored })).state).toBe('ok');
  expect(check('linkedId', seen({}, { stored })).state).toBe('ok');
});

test.each<[SetupSeen['amiws']['state'], SetupCheck['state']]>([
  ['connecting', 'unknown'],
  ['unconfigured', 'problem'],
  ['disconnected', 'problem'],
])('amiws that is %s makes the one check of what is heard of a source that heard no PBX: %s', (state, expected) => {
  const checks = setupChecks(
    seen({}, { amiws: { state, problem: [verbatim('Nothing listens there.')] }, pbxes: [] }),
    now
  );
  expect(checks).toMatchObject([
    { id: 'amiws', server: '', state: expected },
    { id: 'store', state: 'ok' },
  ]);
  expect(checks[0]!.advice).not.toEqual([]);
});

test('amiws without a PBX behind it is told apart from one that is away', () => {
  expect(setupChecks(seen({}, { pbxes: [] }), now)).toMatchObject([
    { id: 'amiws', state: 'ok' },
    { id: 'pbx', server: '', state: 'problem', parts: ['amiws', 'amiUser'] },
    { id: 'store', state: 'ok' },
  ]);
});

test('a store that takes nothing is a problem, with what to do', () => {
  const store = { place: verbatim('PostgreSQL'), problem: [verbatim('No space is left.')] };
  expect(check('store', seen({}, { store }))).toMatchObject({
    server: '',
    state: 'problem',
    found: "Calls can't be stored in PostgreSQL.",
    advice: 'No space is left.',
  });
});

test('what is gone from the store is named, with the damaged log that is kept', () => {
  const lost = [verbatim('CDRs of pbx-east were lost.')];
  expect(check('stored', seen({ lost }))).toMatchObject({
    state: 'problem',
    found: 'CDRs of pbx-east were lost.',
    advice: 'Import calls from that time from the CDRs of the PBX, under Call history.',
  });
  const keptLogs = ['1-cdr.duckdb.wal.damaged-2026', '1-cdr.duckdb.wal.damaged-2027'];
  expect(check('stored', seen({ lost }, { keptLogs })).advice).toContain(
    'remain next to the store: 1-cdr.duckdb.wal.damaged-2026, 1-cdr.duckdb.wal.damaged-2027.'
  );
});

describe('a store that several Grafanas share', () => {
  const shared = { hasWriter: true, role: verbatim('This Grafana stands by.'), clockProblem: null };

  test('is a check of its own, as is the clock by which they agree', () => {
    const given = seen({}, { sharing: shared });
    expect(check('sharing', given)).toMatchObject({ state: 'ok', found: 'This Grafana stands by.' });
    expect(check('storeClock', given)).toMatchObject({ state: 'ok' });
    expect(setupChecks(seen(), now).map(({ id }) => id)).not.toContain('sharing');
  });

  test('to which nobody writes is a problem', () => {
    const given = seen({}, { sharing: { ...shared, hasWriter: false, role: sentence('sharing.no-writer') } });
    expect(check('sharing', given)).toMatchObject({
      state: 'problem',
      found: expect.stringMatching(/^No Grafana server writes to the store/),
      advice: expect.stringContaining('check that one that shares the store runs'),
    });
  });

  test('by whose clock that of this Grafana is off says by how much, and what to do', () => {
    const clockProblem = sentence('sharing.clock-ahead', { seconds: 120 });
    expect(check('storeClock', seen({}, { sharing: { ...shared, clockProblem } }))).toMatchObject({
      state: 'problem',
      found: 'The clock of this Grafana server is 120 s ahead of the clock of the database.',
      advice: expect.stringMatching(
        /^Synchronize both clocks by NTP .*alert rules of this Grafana server use a different time/
      ),
    });
  });

  test('has PBXes that only others hear: no trouble of one that only answers, and of this Grafana’s amiws else', () => {
    const pbx = { ...healthy, state: 'elsewhere' as const };
    const answers = setupChecks(seen(pbx, { amiws: { state: 'elsewhere', problem: [] }, sharing: shared }), now);
    expect(answers.map(({ id, state }) => [id, state])).toEqual([
      ['amiws', 'ok'],
      ['store', 'ok'],
      ['sharing', 'ok'],
      ['storeClock', 'ok'],
      ['pbx', 'ok'],
      ['stored', 'ok'],
    ]);
    expect(check('pbx', seen(pbx, { sharing: shared }))).toMatchObject({
      state: 'problem',
      advice: expect.stringMatching(/^Its calls are stored\. Check that the amiws of this Grafana server/),
    });
  });
});

describe('PBXes that are logged in to', () => {
  const pbxConnections = [
    { server: 'pbx-east', state: 'connected' as const, since: now - 60_000, tls: true, problem: [] },
  ];
  const direct = (pbx: Partial<SeenOfPbx>, connections: SetupSeen['pbxConnections'] = pbxConnections): SetupSeen =>
    seen(pbx, { amiws: { state: 'unused', problem: [] }, pbxConnections: connections });

  test('have a check each for their connection, and amiws none', () => {
    const checks = setupChecks(direct({}), now);
    expect(checks.slice(0, 2)).toMatchObject([
      { id: 'ami', server: 'pbx-east', state: 'ok' },
      { id: 'store', server: '' },
    ]);
    expect(checks.filter(({ id }) => id === 'amiws')).toEqual([]);
  });

  test('say why one is not connected, with its lines', () => {
    const [found] = setupChecks(
      direct({}, [
        {
          server: 'pbx-west',
          state: 'disconnected',
          since: null,
          tls: false,
          problem: [verbatim('Nothing listens there.')],
        },
      ]),
      now
    );
    expect(inEnglish(found!)).toMatchObject({
      state: 'problem',
      server: 'pbx-west',
      advice: 'Nothing listens there.',
      parts: ['ami'],
    });
  });

  test('are shown the user of Grafana and not that of amiws where a read class is missing', () => {
    expect(check('callClass', direct({ hangups: 0 }))).toMatchObject({ state: 'problem', parts: ['ami'] });
    expect(check('pbx', direct({ state: 'down' })).advice).not.toContain('amiws');
  });

  test('that the settings no longer name are said to be so, without a word of amiws or what a login lacks', () => {
    const checks = setupChecks(direct({ server: 'old', state: 'down', hangups: 0 }), now)
      .filter(({ server }) => server === 'old')
      .map(inEnglish);
    expect(checks.map(({ id }) => id)).toEqual(['pbx', 'stored']);
    expect(checks[0]).toMatchObject({ state: 'problem', parts: [] });
    expect(checks[0]!.advice).toMatch(/^No PBX under Connection has this name\..* remove it from this list\.$/);
    const elsewhere = check('pbx', direct({ server: 'old', state: 'elsewhere' }));
    expect(elsewhere.advice).not.toContain('amiws');
  });

  test('are heard by others alone where this Grafana only answers, be it through amiws or not', () => {
    const shared = (pbx: Partial<SeenOfPbx>) => seen(pbx, { amiws: { state: 'elsewhere', problem: [] } });
    expect(check('amiws', shared({})).found).toBe('Other Grafana servers that share the store listen.');
    expect(check('pbx', shared({ state: 'down' })).advice).not.toContain('amiws');
  });

  test('that are silent may be out of service: then they are removed under Connection first', () => {
    expect(check('pbx', direct({ state: 'down' })).advice).toMatch(/remove it under Connection, then from this list/);
  });

  test('lack the read class system where the login did not bring FullyBooted, whatever the one before brought', () => {
    const loggedIn = (since: number | null, bootedAt: number | null) =>
      check('systemClass', direct({ bootedAt }, [{ ...pbxConnections[0]!, since }]));
    expect(loggedIn(now - 60_000, now - 59_000).state).toBe('ok');
    expect(loggedIn(now - 60_000, now - 61_000)).toMatchObject({
      state: 'problem',
      parts: ['ami'],
      found: "The login didn't bring a FullyBooted event.",
    });
    expect(loggedIn(now - 60_000, null).state).toBe('problem');
    expect(loggedIn(now - 1_000, null).state).toBe('unknown');
    expect(loggedIn(null, now - 61_000).state).toBe('unknown');
  });

  test('are warned that calls are readable on the way without TLS', () => {
    expect(check('ami', direct({}, [{ ...pbxConnections[0]!, tls: false }])).found).toContain('without TLS');
  });
});

test('wrap-up is not known until somebody enters it', () => {
  expect(check('wrapUp', seen({ wrapUpQueues: 0 }))).toMatchObject({
    state: 'unknown',
    found: 'No wrap-up time of a queue is entered. Asterisk sends only the wrap-up times of members.',
    advice: expect.stringContaining('enter it under Figures'),
  });
});

test('a queue_log has a line where one is set up: read, not yet read, or why it is not', () => {
  const log = { state: 'done', added: 0, error: null } as const;
  expect(setupChecks(seen({ queueLogs: [] }), now).map(({ id }) => id)).not.toContain('queueLog');
  expect(check('queueLog', seen({ queueLogs: [log, { ...log, state: 'idle' }] }))).toMatchObject({ state: 'unknown' });
  const failing = { ...log, error: [verbatim('No such file.')] };
  expect(check('queueLog', seen({ queueLogs: [log, failing] }))).toMatchObject({
    state: 'problem',
    advice: 'No such file.',
  });
});
