import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../reliability/eventually';
import { seeLive } from '../reliability/seen-live';
import { startCutProxy } from '../support/cut-proxy';
import { startStoreServer, type StoreServer } from '../support/store-server';
import { eventsOfCall, framesOfCall, recordsOfCall } from './calls-on-wire';
import { figuresOfShared, HeardAll, storedIn, TestGrafana } from './grafanas';
import { Happenings } from './happenings';

/** POSTGRES_KILLS=100 is the long form. */
const kills = Number(process.env.POSTGRES_KILLS ?? 5);
/** Troubles that take longer are had so often. */
const times = Math.ceil(kills / 5);
const callsPerSecond = 20;
/** At most between two events of a call: as near as Asterisk has them, and so far that a cut lies between them. */
const steps = [0, 5, 300];

const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

let server: StoreServer;
let all: HeardAll;
let grafanas: TestGrafana[];
let sent: number;
let happenings: Happenings;
/** Runs until it is stopped. */
let feeding: { stop: () => Promise<void> } | null;

beforeEach(async () => {
  server = await startStoreServer();
  all = await HeardAll.open();
  [grafanas, sent, feeding] = [[], 0, null];
  happenings = new Happenings();
});
afterEach(async () => {
  await feeding?.stop();
  await Promise.all(grafanas.map((grafana) => grafana.stop()));
  await all.store.close();
  await server.run('DROP SCHEMA IF EXISTS calls CASCADE');
  await server.stop();
});

async function start(count: number, ports: Array<number | undefined> = []): Promise<void> {
  for (let n = 0; n < count; n++) {
    grafanas.push(await TestGrafana.start(server, ports[n]));
  }
  await eventually(
    async () => grafanas.every(({ hears }) => hears),
    (hear) => hear
  );
}

/** Whom the lease names. */
async function holder(): Promise<TestGrafana | undefined> {
  const [lease] = await server.run('SELECT name FROM calls.lease WHERE "until" > clock_timestamp()').catch(() => []);
  return grafanas.find(({ pid }) => String(lease?.name).endsWith(`process ${pid}`));
}

const settledHolder = async (): Promise<TestGrafana> => (await eventually(holder, (found) => found !== undefined))!;

function send(frame: string, hearers = grafanas.filter(({ hears }) => hears)): void {
  all.hear(frame);
  happenings.sent(
    frame,
    hearers.map(({ pid }) => `process ${pid}`)
  );
  hearers.forEach(({ amiws }) => amiws.send(frame));
}

/** A call that only some hear, all of it at once. */
function sendCall(hearers?: TestGrafana[]): void {
  framesOfCall(sent++).forEach((frame) => send(frame, hearers));
}

/** A call of which one thing follows the other. */
async function playCall(): Promise<void> {
  const step = anyOf(steps);
  for (const frame of framesOfCall(sent++)) {
    send(frame);
    await sleep(Math.random() * step);
  }
}

/** Calls at a steady rate, as long as somebody listens. */
function feed(): void {
  let isOver = false;
  const played: Array<Promise<void>> = [];
  const ended = (async () => {
    for (let next = performance.now(); !isOver; next += 1_000 / callsPerSecond) {
      await sleep(Math.max(0, next - performance.now()));
      if (grafanas.some(({ hears }) => hears)) {
        played.push(playCall());
      }
    }
    await Promise.all(played);
  })();
  feeding = {
    stop: () => {
      isOver = true;
      return ended;
    },
  };
}

/** Waits until all calls are stored of which something was sent. @throws Error where some are not in a minute, with what happened */
async function allStored(): Promise<void> {
  const calls = happenings.pending;
  const missing = await eventually(
    () => happenings.missing(server, calls),
    (left) => left.length === 0,
    60
  );
  if (missing.length > 0) {
    throw new Error(await happenings.explain(server, missing));
  }
}

/** All that was sent is stored once, and every figure is that of one store that heard all. */
async function expectAll(what: string): Promise<void> {
  await feeding?.stop();
  await allStored();
  const stored = await storedIn(server);
  const figures = await figuresOfShared(server);
  console.log(`${what}: ${sent} calls sent, ${JSON.stringify(stored)}`);
  expect(stored).toEqual({ records: sent * recordsOfCall, events: sent * eventsOfCall, doubled: 0 });
  expect(figures).toEqual(await all.figures());
}

test('a call that only the one that writes hears is on the live panel of another one within a moment', async () => {
  await start(2);
  const writer = await settledHolder();
  const other = grafanas.find((grafana) => grafana !== writer)!;
  expect(await other.role()).toBe('stands by');
  const seen = new Set<string>();
  const live = seeLive(other.client, other.dataSource, seen);
  await sleep(1_500);
  const times: number[] = [];
  for (let call = 0; call < 5; call++) {
    const [before, at] = [seen.size, performance.now()];
    sendCall([writer]);
    await eventually(
      async () => seen.size,
      (size) => size >= before + recordsOfCall,
      10
    );
    times.push(Math.round(performance.now() - at));
    expect(seen.size).toBe(before + recordsOfCall);
  }
  live.unsubscribe();
  console.log(`Calls are on the live panel of a Grafana that does not write after ${times.join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThan(5_000);
  await expectAll('Heard by one');
}, 240_000);

test('what only one that stands by hears is stored too', async () => {
  await start(2);
  const writer = await settledHolder();
  const other = grafanas.find((grafana) => grafana !== writer)!;
  for (let call = 0; call < 20; call++) {
    sendCall([call % 2 === 0 ? other : writer]);
  }
  await expectAll('Heard by either');
}, 240_000);

/** What only one heard while another was away is stored; a moment later, at which all hear. */
async function anyMoment(): Promise<void> {
  await allStored();
  await sleep(Math.random() * 3_000);
}

test.each([
  [3, Math.ceil(kills * 0.7)],
  [2, Math.floor(kills * 0.3)],
])(
  '%i Grafanas that each hear a part lose and double nothing through %i kills',
  async (count, often) => {
    await start(count);
    await settledHolder();
    feed();
    // Until each has heard the PBXes, and said so.
    await sleep(5_000);
    let writers = 0;
    for (let kill = 0; kill < often; kill++) {
      const deaf = anyOf(grafanas);
      happenings.note(`process ${deaf.pid} is deaf`);
      await deaf.deafen(500 + Math.random() * 3_000);
      happenings.note(`process ${deaf.pid} hears`);
      await anyMoment();
      const writer = await holder();
      const killed = Math.random() < 0.5 && writer ? writer : anyOf(grafanas);
      writers += killed === writer ? 1 : 0;
      happenings.note(`kill ${kill} of process ${killed.pid}${killed === writer ? ', which writes' : ''}`);
      await killed.killAndRun();
      await killed.amiws.connected();
      happenings.note(`process ${killed.pid} in its place`);
      await anyMoment();
    }
    if (kills > 5) {
      // A gap is stored once others had the time to say what they heard.
      await sleep(30_000);
      expect(await server.run('SELECT * FROM calls.gap')).toEqual([]);
    }
    await expectAll(`${count} Grafanas, ${often} kills, ${writers} of them of the one that writes`);
  },
  240_000 + kills * 30_000
);

test(
  'one that stands still for longer than its lease is refused, and loses and doubles nothing',
  async () => {
    await start(2);
    await settledHolder();
    feed();
    for (let halt = 0; halt < times; halt++) {
      await sleep(2_000);
      const writer = await settledHolder();
      happenings.note(`process ${writer.pid}, which writes, stands still`);
      await writer.halt(11_000 + Math.random() * 8_000);
      happenings.note(`process ${writer.pid} goes on`);
      await sleep(2_000);
      expect(await writer.role()).toBe('stands by');
      expect(await holder()).not.toBe(writer);
    }
    await expectAll(`Halted ${times} times beyond the lease`);
  },
  240_000 + times * 60_000
);

test(
  'one that is cut off from the database stands by when it is back, and has lost nothing',
  async () => {
    const proxies = [await startCutProxy(server.port), await startCutProxy(server.port)];
    await start(
      2,
      proxies.map(({ port }) => port)
    );
    feed();
    for (let cut = 0; cut < times; cut++) {
      await sleep(1_000);
      const writer = await settledHolder();
      const proxy = proxies[grafanas.indexOf(writer)]!;
      happenings.note(`process ${writer.pid}, which writes, is cut off`);
      proxy.hang(true);
      await eventually(holder, (found) => found !== undefined && found !== writer);
      proxy.hang(false);
      proxy.cut();
      happenings.note(`process ${writer.pid} reaches the database`);
      await eventually(
        () => writer.role(),
        (role) => role === 'stands by'
      );
      expect(await writer.role()).toBe('stands by');
    }
    await sleep(2_000);
    await expectAll(`Cut off ${times} times`);
    await Promise.all(proxies.map((proxy) => proxy.close()));
  },
  240_000 + times * 60_000
);

test('the server of the database that starts again loses and doubles nothing', async () => {
  await start(2);
  feed();
  for (let crash = 0; crash < 3; crash++) {
    await sleep(2_000);
    const [backend] = await eventually(
      () =>
        server
          .run("SELECT pid FROM pg_stat_activity WHERE application_name = 'amiws-cdr-datasource' LIMIT 1")
          .catch(() => []),
      (found) => found.length > 0
    );
    // PostgreSQL ends all sessions and recovers where one of its processes is gone.
    process.kill(Number(backend!.pid), 'SIGKILL');
  }
  await sleep(2_000);
  await expectAll('Three crashes of the server');
}, 240_000);

test('a gap is only where no Grafana heard the PBX', async () => {
  await start(2);
  const [first, second] = grafanas as [TestGrafana, TestGrafana];
  feed();
  await sleep(2_000);
  await first.deafen(4_000);
  await allStored();
  await second.killAndRun();
  await second.amiws.connected();
  await sleep(4_000);
  await feeding?.stop();
  const from = Date.now();
  await Promise.all([first.deafen(5_000), second.deafen(8_000)]);
  const to = Date.now();
  // Each had the time to say what it heard.
  const gaps = await eventually(
    () => server.run('SELECT server, start_time AS start, end_time AS "end" FROM calls.gap ORDER BY server'),
    (found) => found.length >= 2,
    90
  );
  console.log(`Deaf from ${from} to ${to}: ${JSON.stringify(gaps)}`);
  expect(gaps.map((gap) => gap.server)).toEqual(['pbx-east', 'pbx-west']);
  for (const gap of gaps) {
    // That one was deaf alone before is none, nor that the one that heard was killed a moment later.
    expect(Number(gap.start)).toBeGreaterThan(from - 3_000);
    expect(Number(gap.end)).toBeLessThan(to + 1_000);
    expect(Number(gap.end) - Number(gap.start)).toBeGreaterThan(3_000);
  }
  await expectAll('Deaf by turns, then at once');
}, 240_000);

test('a Grafana that only answers shows what others store, and never writes', async () => {
  await start(1);
  const answers = await TestGrafana.start(server, undefined, { heardBy: 'others' });
  await settledHolder();
  for (let call = 0; call < 10; call++) {
    sendCall();
  }
  const { records, message } = await eventually(
    () => answers.status(),
    (status) => status.records === 10 * recordsOfCall
  );
  expect(records).toBe(10 * recordsOfCall);
  expect(message).toMatch(/^This Grafana server doesn't listen to the PBX/);
  await grafanas[0]!.stop();
  grafanas = [];
  const holders = () => server.run('SELECT holder, epoch FROM calls.lease');
  const before = [await storedIn(server), await holders()];
  // If it listened, it would store these.
  framesOfCall(sent).forEach((frame) => answers.amiws.send(frame));
  await sleep(3_000);
  expect(await answers.role()).toBe('only answers');
  expect([await storedIn(server), await holders()]).toEqual(before);
  await answers.stop();
}, 240_000);
