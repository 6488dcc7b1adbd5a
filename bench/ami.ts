import { setTimeout as sleep } from 'node:timers/promises';
import { AmiBlocks } from '../src/ami/ami-blocks';
import { connectAmi } from '../src/ami/connect-ami';
import { decodeBlock } from '../src/ami/decode-block';
import { amiMixture } from '../tests/support/ami-mixture';
import { startFakeAmi } from '../tests/support/fake-ami';
import { throughPlugin } from './ami-plugin';
import { formatCount, formatMs, perSecond } from './format';
import { medianOf, millisecondsOf, quantile } from './median';
import type { BenchOptions, Result, Row } from './row';

const rounds = 50;
const packetSize = 64 * 1024;
const rate = 20_000;
const tickMs = 10;
/** How long the last events may take. */
const patienceMs = 2_000;

/** What a connection to the AMI of a PBX takes: the event stream of a PBX as bytes, and 20,000 events a second over TCP. */
export async function run({ folder, seconds = 10 }: BenchOptions): Promise<Result> {
  const events = amiMixture();
  return { rows: [await decodeAll(events), await hear(events, seconds), await throughPlugin(folder, seconds, rate)] };
}

async function decodeAll(events: readonly string[]): Promise<Row> {
  const bytes = Buffer.from(events.join(''));
  const milliseconds = await medianOf(5, () =>
    millisecondsOf(() => {
      const blocks = new AmiBlocks({ block: (block) => decodeBlock(block, 'pbx', 0), tooLarge: () => undefined });
      for (let round = 0; round < rounds; round++) {
        for (let start = 0; start < bytes.length; start += packetSize) {
          blocks.push(bytes.subarray(start, start + packetSize));
        }
      }
    })
  );
  return { what: 'decode the full event stream of an AMI', ours: perSecond(events.length * rounds, milliseconds) };
}

/** Each event bears when it was sent; both ends share this process. */
async function hear(events: readonly string[], seconds: number): Promise<Row> {
  const ami = await startFakeAmi();
  const waits: number[] = [];
  let heard = 0;
  const address = { server: 'pbx', host: '127.0.0.1', port: ami.port, tls: false, user: 'bench', secret: 'secret' };
  const subscription = connectAmi(address).subscribe((signal) => {
    if (signal.kind === 'frame' && (signal.frame.kind === 'event' || signal.frame.kind === 'skipped')) {
      heard++;
      if (signal.frame.kind === 'event' && signal.frame.fields.SentAt !== undefined) {
        waits.push(performance.now() - Number(signal.frame.fields.SentAt));
      }
    }
  });
  while (heard === 0) {
    await sleep(10);
  }
  // The queues are asked for again two seconds after the login.
  await sleep(3_000);
  heard = 0;
  const begun = performance.now();
  let sent = 0;
  while (performance.now() - begun < seconds * 1000) {
    await sleep(tickMs);
    const due = Math.floor(((performance.now() - begun) / 1000) * rate) - sent;
    const now = performance.now();
    const batch = Array.from({ length: due }, (_, n) => events[(sent + n) % events.length]!);
    ami.say(batch.join('').replaceAll('\r\n\r\n', `\r\nSentAt: ${now}\r\n\r\n`));
    sent += due;
  }
  const took = performance.now() - begun;
  await sleep(patienceMs);
  subscription.unsubscribe();
  await ami.close();
  const p99 = quantile(waits, 0.99);
  return {
    what: `event of an AMI to its frame, ${formatCount((sent * 1000) / took)} events/s for ${seconds} s: p50, p99`,
    ours: `${formatMs(quantile(waits, 0.5))}, ${formatMs(p99)}, ${formatCount(sent - heard)} lost`,
    target: `none lost of ${formatCount(rate)}/s`,
    isMet: sent === heard,
  };
}
