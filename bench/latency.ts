import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFrame } from '../src/amiws/decode-frame';
import { livePath } from '../src/query/live-path';
import { cdrFrame } from '../tests/support/cdr-frame';
import { startFakeAmiws } from '../tests/support/fake-amiws';
import type { FrameJson } from '../tools/plugin-host/plugin-client';
import { startPlugin } from '../tools/plugin-host/start-plugin';
import { parseCapture } from '../tools/replay/parse-capture';
import { formatCount, formatMb, formatMs } from './format';
import { quantile } from './median';
import { residentBytes } from './resident-bytes';
import type { BenchOptions, Result } from './row';

const capture = path.join(import.meta.dirname, '../tests/captures/two-pbx.jsonl');
const callsPerSecond = 50;
/** Frames that come with each call and tell nothing here. */
const othersPerCall = 20;
const target = 250;
const live = { query: { queryType: 'calls' }, start: { rangeMs: 60_000 }, intervalMs: 60_000 };
/** Calls of the first seconds, while the plugin warms up, are not counted. */
const warmUpMs = 3_000;
/** How long the last calls may take. */
const patienceMs = 3_000;

/** Milliseconds from the moment a Cdr frame leaves amiws until the call is in a frame of Grafana's live stream. */
export async function run({ folder, seconds = 60 }: BenchOptions): Promise<Result> {
  const dataPath = path.join(folder, 'latency');
  await mkdir(dataPath);
  const amiws = await startFakeAmiws(['pbx-east', 'pbx-west']);
  const plugin = await startPlugin({ dataPath });
  const dataSource = { uid: 'latency', name: 'latency', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  const calls = new SentCalls();
  try {
    await plugin.client.checkHealth(dataSource);
    await amiws.connected();
    const watching = plugin.client
      .runStream(dataSource, livePath('', live), live)
      .subscribe((frame) => calls.seen(frame));
    const begun = performance.now();
    await sendCalls(amiws.send, seconds, (linkedId) => calls.sent(linkedId));
    const rate = (calls.count * 1000) / (performance.now() - begun);
    await sleep(patienceMs);
    watching.unsubscribe();
    const waits = calls.waits.filter(({ at }) => at > begun + warmUpMs).map(({ ms }) => ms);
    const p99 = quantile(waits, 0.99);
    return {
      rows: [
        {
          what: `Cdr frame to live frame, ${formatCount(rate)} calls/s for ${seconds} s: p50, p99`,
          ours: `${formatMs(quantile(waits, 0.5))}, ${formatMs(p99)}`,
          target: `p99 under ${target} ms`,
          isMet: p99 < target && calls.unseen === 0,
        },
        { what: 'memory of the plugin then', ours: formatMb(residentBytes(plugin.pid)) },
      ],
      notes: calls.unseen === 0 ? [] : [`latency: ${calls.unseen} of ${calls.count} calls were not seen live.`],
    };
  } finally {
    await plugin.stop();
    await amiws.close();
  }
}

/** Sends calls at their rate, each among frames of a real PBX that tell nothing of it. */
async function sendCalls(
  send: (frame: string | Uint8Array) => void,
  seconds: number,
  onCall: (linkedId: string) => void
): Promise<void> {
  const others = parseCapture(readFileSync(capture, 'utf8'))
    .map(({ data }) => data)
    .filter((data) => decodeFrame(data, 0).kind === 'skipped');
  const begun = performance.now();
  for (let call = 0; call < seconds * callsPerSecond; call++) {
    await sleep(Math.max(0, begun + (call * 1000) / callsPerSecond - performance.now()));
    for (let n = 0; n < othersPerCall; n++) {
      send(others[(call * othersPerCall + n) % others.length]!);
    }
    const linkedId = `${Math.floor(Date.now() / 1000) - 10}.${call}`;
    const frame = cdrFrame({ UniqueID: linkedId, LinkedID: linkedId });
    onCall(linkedId);
    send(frame);
  }
}

/** When calls were sent, and how long each took until it was seen. */
class SentCalls {
  readonly waits: Array<{ at: number; ms: number }> = [];
  count = 0;
  private readonly open = new Map<string, number>();
  private names: string[] = [];

  get unseen(): number {
    return this.open.size;
  }

  sent(linkedId: string): void {
    this.count++;
    this.open.set(linkedId, performance.now());
  }

  seen({ schema, data }: FrameJson): void {
    const now = performance.now();
    this.names = schema?.fields.map(({ name }) => name) ?? this.names;
    for (const linkedId of data?.values[this.names.indexOf('linkedId')] ?? []) {
      const at = this.open.get(String(linkedId));
      this.open.delete(String(linkedId));
      if (at !== undefined) {
        this.waits.push({ at, ms: now - at });
      }
    }
  }
}
