import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { LiveBoard } from '../../src/cdr/live-board';
import { queuesAt } from '../../src/cdr/queues-now';
import { defaultRules } from '../../tests/support/cdr-builders';
import { generateDay } from './generate-day';
import { Random } from './random';
import { hireAgents, wrapUpTimes } from './staff';
import { wallClock } from './wall-clock';

const start = Date.UTC(2026, 10, 24, 5);
const zones: Record<string, string> = { 'pbx-east': 'America/New_York', 'pbx-west': 'America/Los_Angeles' };

interface Seen {
  at: number;
  server: string;
  fields: Record<string, string>;
}

function parse(frame: string | Uint8Array): { server_name: string; data: Record<string, string> } {
  return JSON.parse(String(frame)) as { server_name: string; data: Record<string, string> };
}

function day(options: Partial<Parameters<typeof generateDay>[1]> = {}): Seen[] {
  return generateDay(42, { start, ...options }).map(({ at, server, frame }) => ({
    at,
    server,
    fields: parse(frame).data,
  }));
}

const events = day();
const named = (name: string, among = events): Seen[] => among.filter(({ fields }) => fields.Event === name);

it('gives the same day for the same seed, and another for another', () => {
  const frames = (seed: number) => generateDay(seed, { start, hours: 10 }).map(({ at, frame }) => [at, frame]);
  expect(frames(7)).toEqual(frames(7));
  expect(frames(7)).not.toEqual(frames(8));
});

it('writes each event with the fields of the real one, in their order', () => {
  const lines = readFileSync(path.join(__dirname, '../../tests/captures/two-pbx.jsonl'), 'utf8').trim().split('\n');
  const real = new Map<string, Set<string>>();
  for (const line of lines) {
    const { data } = parse((JSON.parse(line) as { frame: string }).frame);
    const forms = real.get(data.Event ?? '') ?? new Set();
    real.set(data.Event ?? '', forms.add(Object.keys(data).join()));
  }
  // The PBXes of the capture map no fields of FreePBX.
  const mapped = ['did', 'cnum', 'cnam'];
  const simulated = day({ timestampEvents: false, hours: 12 });
  const strange = simulated
    .map(({ fields }) => ({
      event: fields.Event!,
      keys: Object.keys(fields)
        .filter((key) => !mapped.includes(key))
        .join(),
    }))
    .filter(({ event, keys }) => real.has(event) && !real.get(event)!.has(keys))
    .map(({ event, keys }) => `${event}: ${keys}`);
  expect([...new Set(strange)]).toEqual([]);
  const names = new Set(simulated.map(({ fields }) => fields.Event!));
  expect([...real.keys()].filter((name) => name !== '' && name !== 'NewCallerid' && !names.has(name))).toEqual([]);
});

it('tells as FreePBX which number was dialled from outside, and who calls out behind the number of a trunk', () => {
  const ofContext = (context: string) => named('Cdr').filter(({ fields }) => fields.DestinationContext === context);
  const inbound = ofContext('from-trunk').filter(({ fields }) => !fields.Channel!.startsWith('Local/'));
  expect(inbound.length).toBeGreaterThan(500);
  expect(inbound.filter(({ fields }) => fields.did !== `1212555${fields.Destination!.padStart(4, '0')}`)).toEqual([]);
  // Callers whom an agent passes on to a number outside call by a trunk.
  const outbound = ofContext('internal').filter(
    ({ fields }) => /^9\d{10}$/.test(fields.Destination!) && /^PJSIP\/[12]00/.test(fields.Channel!)
  );
  expect(outbound.length).toBeGreaterThan(100);
  const names = new Map(hireAgents(new Random(1)).map(({ extension, name }) => [extension, name]));
  expect(
    outbound.filter(
      ({ fields }) =>
        !/^1212555\d{4}$/.test(fields.Source!) || names.get(fields.cnum!) !== fields.cnam || fields.did !== ''
    )
  ).toEqual([]);
});

it('ends every channel that it began, and every bridge, but for calls that are cut off at its end', () => {
  const left = (began: string, ended: string, key: string) => {
    const ends = new Set(named(ended).map((event) => `${event.server} ${event.fields[key]}`));
    const early = named(began).filter(({ at }) => at < start + 23 * 3_600_000);
    return early.map(({ server, fields }) => `${server} ${fields[key]}`).filter((id) => !ends.has(id));
  };
  expect(left('Newchannel', 'Hangup', 'Uniqueid')).toEqual([]);
  expect(left('BridgeCreate', 'BridgeDestroy', 'BridgeUniqueid')).toEqual([]);
});

it('answers or loses every caller who joined a queue and left it', () => {
  expect(named('QueueCallerJoin').length).toBeGreaterThan(500);
  expect(named('QueueCallerJoin').length - named('QueueCallerLeave').length).toBeLessThan(5);
  expect(named('AgentConnect').length + named('QueueCallerAbandon').length).toBe(named('QueueCallerLeave').length);
});

it('has some of those who gave up call again, and some called back', () => {
  const gaveUp = named('QueueCallerAbandon').filter(({ fields }) => fields.CallerIDNum !== 'anonymous');
  const numberOf = ({ fields }: Seen): string => fields.CallerIDNum!.slice(-9);
  const calledBack = new Set(named('Cdr').map(({ fields }) => fields.Destination!.slice(-9)));
  const tries = Map.groupBy(named('QueueCallerJoin'), numberOf);
  const once = gaveUp.filter((event) => event.fields.CallerIDNum === event.fields.CallerIDName);
  expect(once.filter((event) => calledBack.has(numberOf(event))).length).toBeGreaterThan(3);
  expect(once.filter((event) => tries.get(numberOf(event))!.length > 1).length).toBeGreaterThan(3);
  expect(named('QueueCallerJoin').some(({ fields }) => fields.CallerIDNum === 'anonymous')).toBe(true);
});

it('counts hold times as the difference of whole seconds since the join', () => {
  // A caller who is transferred may join a second queue.
  const joins = new Map<string, Seen>();
  const seconds = ({ fields }: Seen): number => Math.floor(Number(fields.Timestamp));
  for (const event of events) {
    const { Event: name, Uniqueid } = event.fields;
    if (name === 'QueueCallerJoin') {
      joins.set(`${event.server} ${Uniqueid}`, event);
    } else if (name === 'AgentConnect' || name === 'QueueCallerAbandon') {
      expect(Number(event.fields.HoldTime)).toBe(seconds(event) - seconds(joins.get(`${event.server} ${Uniqueid}`)!));
    }
  }
});

it('writes UniqueIDs of the first second of their channel, and links records to calls', () => {
  const channels = new Set<string>();
  for (const { at, server, fields } of named('Newchannel')) {
    expect(Math.abs(Number(fields.Uniqueid!.split('.')[0]) - at / 1000)).toBeLessThanOrEqual(1);
    channels.add(`${server} ${fields.Uniqueid}`);
  }
  const records = named('Cdr');
  expect(channels.size).toBe(named('Newchannel').length);
  expect(records.every(({ server, fields }) => channels.has(`${server} ${fields.LinkedID}`))).toBe(true);
  const sequences = records.map(({ server, fields }) => `${server} ${fields.Sequence}`);
  expect(new Set(sequences).size).toBe(sequences.length);
});

it('writes the wall clock of each PBX, which agrees with UniqueID', () => {
  const first = new Map<string, Seen>();
  named('Cdr').forEach((cdr) => {
    const key = `${cdr.server} ${cdr.fields.UniqueID}`;
    first.set(key, first.get(key) ?? cdr);
  });
  for (const { server, fields } of first.values()) {
    expect(fields.StartTime).toBe(wallClock(Number(fields.UniqueID!.split('.')[0]) * 1000, zones[server]!));
  }
});

it('has every outcome, transfers of both kinds to colleagues, queues and outside, and agents behind Local channels', () => {
  const values = (key: string) => new Set(named('Cdr').map(({ fields }) => fields[key]));
  expect([...values('Disposition')].sort()).toEqual(['ANSWERED', 'BUSY', 'CONGESTION', 'FAILED', 'NO ANSWER']);
  expect([...values('LastApplication')].sort()).toEqual([
    'BackGround',
    'Busy',
    'Congestion',
    'Dial',
    'Hangup',
    'Queue',
    'VoiceMail',
  ]);
  expect([...values('DestinationChannel')].some((name) => /^Local\/200\d@from-queue-[0-9a-f]{8};1$/.test(name!))).toBe(
    true
  );
  const targets = named('BlindTransfer').map(({ fields }) => fields.Extension!);
  for (const target of [/^[12]00\d$/, /^20[012]$/, /^9\d{10}$/]) {
    expect(targets.some((extension) => target.test(extension))).toBe(true);
  }
  expect(named('AttendedTransfer').length).toBeGreaterThan(0);
});

it('has pauses for each reason and for none, one that does not end with the day, and calls that are declined', () => {
  const pauses = named('QueueMemberPause').filter(({ fields }) => fields.Paused === '1');
  expect([...new Set(pauses.map(({ fields }) => fields.PausedReason))].sort()).toEqual([
    '',
    'Break',
    'Lunch',
    'Meeting',
    'Training',
  ]);
  const lastOf = new Map(named('QueueMemberPause').map((one) => [`${one.server} ${one.fields.Interface}`, one]));
  expect([...lastOf.values()].some(({ fields }) => fields.Paused === '1')).toBe(true);
  const declined = named('Hangup').filter(({ fields }) => fields.ChannelState === '5' && fields.Cause === '17');
  expect(declined.filter(({ fields }) => /^PJSIP\/[12]00/.test(fields.Channel!)).length).toBeGreaterThan(5);
});

it('calls no agent for a queue that still keeps him from calls, and has agents in wrap-up', () => {
  const wrapUps = wrapUpTimes(1);
  expect(wrapUps).toEqual({ support: 30, billing: 60 });
  const talks = new Map(named('AgentComplete').map(({ server, fields, at }) => [at, { server, fields }]));
  expect(talks.size).toBeGreaterThan(300);
  const called = Map.groupBy(
    named('AgentCalled'),
    ({ server, fields }) => `${server} ${fields.Queue} ${fields.Interface}`
  );
  const tooSoon = [...talks].filter(([end, { server, fields }]) => {
    const until = end + (wrapUps[fields.Queue!] ?? 0) * 1000;
    const rings = called.get(`${server} ${fields.Queue} ${fields.Interface}`) ?? [];
    return rings.some(({ at }) => at > end && at < until);
  });
  expect(tooSoon).toEqual([]);
  const board = new LiveBoard((queue) => wrapUps[queue] ?? 0);
  const seen = new Map<string, number>();
  for (const { at, frame } of generateDay(42, { start, hours: 12 })) {
    const heard = decodeFrame(frame, at);
    if (heard.kind === 'event' && board.apply(heard.server, heard.name, heard.fields, at)) {
      if (heard.name === 'QueueCallerJoin') {
        queuesAt(board.board(defaultRules).queues, at).forEach(({ queue, agentsInWrapUp }) =>
          seen.set(queue, Math.max(seen.get(queue) ?? 0, agentsInWrapUp))
        );
      }
    }
  }
  expect(
    [...seen]
      .filter(([, most]) => most > 0)
      .map(([queue]) => queue)
      .sort()
  ).toEqual(['billing', 'support']);
});

it('gives the records of a transferred call one LinkedID', () => {
  const transfer = named('AttendedTransfer')[0]!;
  const linked = named('Cdr').filter(
    ({ server, fields }) => server === transfer.server && fields.LinkedID === transfer.fields.TransfereeLinkedid
  );
  const ids = new Set(linked.map(({ fields }) => fields.UniqueID));
  expect(ids).toContain(transfer.fields.TransfereeUniqueid);
  expect(ids).toContain(transfer.fields.SecondTransfererUniqueid);
});

it('is busier by day than by night', () => {
  const joins = (from: number, to: number) =>
    named('QueueCallerJoin').filter(
      ({ at, server }) => server === 'pbx-east' && at >= start + from * 3_600_000 && at < start + to * 3_600_000
    ).length;
  expect(joins(9, 12)).toBeGreaterThan(5 * joins(0, 6));
});

it('lets as many callers give up as it is told', () => {
  const share = (abandonRate: number): number => {
    const some = day({ abandonRate, hours: 14 });
    return named('QueueCallerAbandon', some).length / named('QueueCallerJoin', some).length;
  };
  expect(share(0.6)).toBeGreaterThan(0.52);
  expect(share(0.6)).toBeLessThan(0.75);
  expect(share(0)).toBeLessThan(0.1);
});

it('shrinks calls with the speed', () => {
  const talks = named('AgentComplete', day({ speed: 60, hours: 1 })).map(({ fields }) => Number(fields.TalkTime));
  expect(talks.length).toBeGreaterThan(500);
  expect(Math.max(...talks)).toBeLessThan(60);
});

it('ends the calls that go on beyond it where it is told to', () => {
  const openAfter = (hangsUp: boolean): number => {
    const day = generateDay(7, { start: Date.UTC(2026, 10, 24, 13), hours: 2, callsPerDay: 5_000, hangsUp });
    const board = new LiveBoard();
    for (const { at, frame } of day) {
      const heard = decodeFrame(frame, at);
      if (heard.kind === 'event') {
        board.apply(heard.server, heard.name, heard.fields, heard.at);
      }
    }
    return board.board(defaultRules).calls.length;
  };
  expect(openAfter(false)).toBeGreaterThan(0);
  expect(openAfter(true)).toBe(0);
});
