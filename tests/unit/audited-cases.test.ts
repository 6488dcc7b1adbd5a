import path from 'node:path';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { EventReader } from '../../src/amiws/event-reader';
import type { AmiEvent } from '../../src/amiws/event';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { comparable, differencesOf, QueueAudit, type QueueDifference } from '../../src/cdr/queue-audit';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { readCaseFile } from '../../tools/cases/read-case';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultDerivation } from '../support/cdr-builders';

/** Recorded from real Asterisks, with an answer to QueueStatus before the first call and after the last. */
async function eventsOf(name: string): Promise<AmiEvent[]> {
  const capture = await readCaseFile(path.join(__dirname, '../cases', name), 'frames.jsonl.gz');
  return parseCapture(capture).flatMap(({ at, data }) => {
    const frame = decodeFrame(data, at);
    return frame.kind === 'event' ? [frame] : [];
  });
}

/** What the audit finds once these events are stored, and how many visits Asterisk counted; `heardAgain` ends the only gap, epoch milliseconds. */
async function audited(
  events: readonly AmiEvent[],
  heardAgain = 0
): Promise<{ found: QueueDifference[]; counted: number }> {
  const { rules } = defaultDerivation;
  const clocks = new PbxClocks(defaultDerivation);
  const reader = new EventReader({ rules, clocks, clockOffset: () => 0, onProblem: () => undefined });
  const audit = new QueueAudit();
  const store = await openDuckDbStore(':memory:', defaultDerivation);
  try {
    const parts = events.map((event) => {
      audit.hear(event.server, event.name, event.fields, event.at);
      return reader.read(event);
    });
    await store.add({ records: parts.flatMap(({ records }) => records), events: parts.flatMap((one) => one.events) });
    const found: QueueDifference[] = [];
    let counted = 0;
    const stretches = audit.stretches(() => Infinity);
    for (const { stretch, agent } of comparable(stretches, rules.member)) {
      counted += stretch.completed + stretch.abandoned;
      const stored = await store.queueCounts(stretch, Math.max(heardAgain, stretch.base.at), agent);
      found.push(...differencesOf(stretch, stored, agent));
    }
    return { found, counted };
  } finally {
    await store.close();
  }
}

/** amiws was away between two instants: only answers to QueueStatus are heard of that time. Epoch milliseconds. */
const away = (events: readonly AmiEvent[], from: number, to: number): AmiEvent[] =>
  events.filter(({ name, at }) => name === 'QueueParams' || name === 'QueueMember' || at < from || at > to);

test.each([
  'pbx-agentdump-then-abandon',
  'pbx-att-to-queue',
  'pbx-blind-to-queue',
  'pbx-prio-mix',
  'pbx-queue-loop',
  'pbx-queue-reload-midcall',
  'pbx-two-pbx-same-queue',
])('what is heard of %s is what Asterisk counted', async (name) => {
  const { found, counted } = await audited(await eventsOf(name));
  expect(found).toEqual([]);
  expect(counted).toBeGreaterThan(0);
});

describe('while amiws is away', () => {
  const found = async (name: string, from: number, to: number) => {
    const events = await eventsOf(name);
    const start = events[0]!.at;
    const heardAgain = start + to * 1000;
    const { found: differences } = await audited(away(events, start + from * 1000, heardAgain), heardAgain);
    return differences.map(counted).sort();
  };

  it('callers who give up are found to be missing, in their queue', async () => {
    expect(await found('pbx-queue-loop', 4, 7)).toEqual(['1 more abandoned in nobody', '1 more abandoned in one']);
  });

  it('callers who are answered are found to be missing', async () => {
    expect(await found('pbx-blind-to-queue', 1.5, 11)).toEqual([
      '1 more answered by 1001 in one',
      '1 more answered by 1002 in two',
      '1 more answered in one',
      '1 more answered in two',
    ]);
  });

  it('a talk that was heard to begin or to end is not missing', async () => {
    expect(await found('pbx-blind-to-queue', 4, 8)).toEqual([]);
  });
});

/** Such as `3 more abandoned in support`, or `1 more answered by 1001 in support`. */
function counted({ queue, agent, outcome, more }: QueueDifference): string {
  const by = agent === '' ? '' : ` by ${agent}`;
  const where = queue === '' ? '' : ` in ${queue}`;
  return `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} ${outcome}${by}${where}`;
}
