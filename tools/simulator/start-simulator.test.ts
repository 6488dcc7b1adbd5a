import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filter, firstValueFrom, map, scan, take, timeout, toArray, type Observable } from 'rxjs';
import { connectAmiws } from '../../src/amiws/connect-amiws';
import type { AmiwsSignal } from '../../src/amiws/keep-connected';
import type { AmiFrame } from '../../src/amiws/event';
import { nodeSocket } from '../../src/amiws/node-socket';
import { eventually } from '../../tests/reliability/eventually';
import { parseCapture } from '../replay/parse-capture';
import { replayCapture } from './replay-capture';
import { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator';

const servers = [
  { name: 'pbx-east', zone: 'America/New_York' },
  { name: 'pbx-west', zone: 'UTC' },
];
let simulator: Simulator | undefined;

afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

async function start(options: SimulatorOptions): Promise<Simulator> {
  simulator = await startSimulator({ servers, ...options });
  return simulator;
}

function signals({ url }: Simulator, queueStatus = false): Observable<AmiwsSignal> {
  return connectAmiws(url, { openSocket: nodeSocket, queueStatus }).pipe(timeout(8_000));
}

function frames(from: Simulator, queueStatus = false): Observable<AmiFrame> {
  return signals(from, queueStatus).pipe(
    filter((signal) => signal.kind === 'frame'),
    map(({ frame }) => frame)
  );
}

function servers_(told: Observable<AmiwsSignal>, count: number): Promise<string[]> {
  return firstValueFrom(
    told.pipe(
      filter((signal) => signal.kind === 'server' && signal.clockOffsetMs !== undefined),
      map((signal) => (signal.kind === 'server' ? signal.server : '')),
      take(count),
      toArray()
    )
  );
}

it('answers Ping for each PBX', async () => {
  const quiet = await start({ speed: 0 });
  expect((await servers_(signals(quiet), 2)).sort()).toEqual(['pbx-east', 'pbx-west']);
  expect(quiet.received).toEqual([{ Action: 'Ping', ActionID: expect.any(String) }]);
});

it('lets one PBX fall silent and heard again', async () => {
  const quiet = await start({ speed: 0 });
  quiet.silence('pbx-east');
  expect(await servers_(signals(quiet), 1)).toEqual(['pbx-west']);
  quiet.silence('pbx-east', false);
  expect((await servers_(signals(quiet), 2)).sort()).toEqual(['pbx-east', 'pbx-west']);
  expect(() => quiet.silence('pbx-north')).toThrow('Expected one of pbx-east, pbx-west');
});

it('sends calls as time goes by', async () => {
  const busy = await start({ speed: 600, callsPerDay: 5_000 });
  const isCdr = (frame: AmiFrame): boolean => frame.kind === 'event' && frame.name === 'Cdr';
  const cdr = await firstValueFrom(frames(busy).pipe(filter(isCdr)));
  expect(cdr).toMatchObject({ recovered: false, fields: { Event: 'Cdr' } });
});

it('answers QueueStatus with queues, members and callers that agree', async () => {
  const busy = await start({ speed: 600, callsPerDay: 20_000, abandonRate: 1 });
  const status = await firstValueFrom(
    frames(busy, true).pipe(
      filter((frame) => frame.kind === 'event'),
      filter((frame) => frame.server === 'pbx-east' && /^Queue(Params|Member|Entry|StatusComplete)$/.test(frame.name)),
      scan((all, { fields }) => [...all, fields], [] as Array<Readonly<Record<string, string>>>),
      filter((all) => all.at(-1)!.Event === 'QueueStatusComplete')
    )
  );
  const params = status.filter(({ Event }) => Event === 'QueueParams');
  expect(params.map(({ Queue }) => Queue)).toEqual(['support', 'sales', 'billing']);
  for (const { Queue, Calls } of params) {
    expect(status.filter((item) => item.Event === 'QueueEntry' && item.Queue === Queue)).toHaveLength(Number(Calls));
    expect(status.some((item) => item.Event === 'QueueMember' && item.Queue === Queue)).toBe(true);
  }
  expect(status.at(-1)!.ListItems).toBe(String(status.length - 1));
});

it('gives its first client the calls of the hours before', async () => {
  const quiet = await start({ speed: 0, history: 5, callsPerDay: 500 });
  const before = Date.now();
  const first = await firstValueFrom(frames(quiet).pipe(filter((frame) => frame.kind === 'event')));
  expect(first.at).toBeLessThan(before - 3 * 3_600_000);
});

it('sends what a test tells it to, and takes no notice of what is no JSON', async () => {
  const quiet = await start({ speed: 0 });
  const bytes = Buffer.from('{ "type": 3, "server_id": 1, "server_name": "x", "ssl": false, "data": {"Event": "Cdr"}}');
  const received = firstValueFrom(frames(quiet).pipe(filter(({ kind }) => kind === 'event')));
  await quiet.connected;
  quiet.emit([bytes]);
  expect(await received).toMatchObject({ server: 'x', name: 'Cdr' });
  const client = new WebSocket(quiet.url);
  client.onopen = () => {
    client.send('hello');
    client.send('{"Action":"Command"}');
  };
  const last = async () => quiet.received.at(-1);
  expect(await eventually(last, (action) => action !== undefined)).toEqual({ Action: 'Command' });
  client.close();
});

it('replays a capture with every frame as it was', async () => {
  const file = path.join(__dirname, '../../tests/captures/two-pbx.jsonl');
  const capture = parseCapture(readFileSync(file, 'utf8'));
  const sent: Array<string | Uint8Array> = [];
  await replayCapture(capture, 10_000, (some) => sent.push(...some));
  expect(sent).toEqual(capture.map(({ data }) => data));
});
