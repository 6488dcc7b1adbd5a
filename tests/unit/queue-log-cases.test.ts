import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { decodeFrame } from '../../src/amiws/decode-frame';
import type { AmiEvent } from '../../src/amiws/event';
import { EventReader } from '../../src/amiws/event-reader';
import { noParts, type CallParts } from '../../src/cdr/call-parts';
import type { Dimension } from '../../src/cdr/dimensions';
import type { Measure } from '../../src/cdr/measures';
import { MemberNames } from '../../src/cdr/member-names';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { openHistory } from '../../src/import/open-history';
import { importEntries } from '../../src/settings/import-settings';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { joined } from '../../src/store/parts';
import type { Store } from '../../src/store/store';
import { readCaseFile } from '../../tools/cases/read-case';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultDerivation } from '../support/cdr-builders';

/** Recorded from real Asterisks: what amiws sent, and what they wrote in queue_log of the same calls. */
const folder = path.join(__dirname, '../cases');
const names = readdirSync(folder).filter((name) => {
  const written = statSync(path.join(folder, name, 'queue_log'), { throwIfNoEntry: false });
  return written !== undefined && written.size > 0;
});

/** Milliseconds that the clocks of PBXes were ahead of ours, as Pings would have measured them. */
const clockOffsets: Readonly<Record<string, number>> = { 'pbx-clock-ten-minutes-behind': -600_000 };
/** A caller who was bridged away has a record of another call, under an id that the queue_log does not tell. */
const withOtherRecords: ReadonlySet<string> = new Set(['taken-out-of-queue']);

async function eventsOf(name: string): Promise<AmiEvent[]> {
  const file = ['frames.jsonl.gz', 'frames.jsonl'].find((one) => existsSync(path.join(folder, name, one)))!;
  return parseCapture(await readCaseFile(path.join(folder, name), file)).flatMap(({ at, data }) => {
    const frame = decodeFrame(data, at);
    return frame.kind === 'event' ? [frame] : [];
  });
}

function heardParts(name: string, events: readonly AmiEvent[]): CallParts {
  const clocks = new PbxClocks(defaultDerivation);
  const { rules } = defaultDerivation;
  const reader = new EventReader({
    rules,
    clocks,
    clockOffset: () => clockOffsets[name] ?? 0,
    onProblem: () => undefined,
  });
  const parts = events.map((event) => reader.read(event));
  return { records: parts.flatMap(({ records }) => records), events: parts.flatMap((one) => one.events) };
}

/** @param events that say how members are called; none where nothing is heard */
async function readParts(name: string, server: string, events: readonly AmiEvent[]): Promise<CallParts> {
  const members = new MemberNames();
  events.forEach((event) => members.hear(event.server, event.fields));
  const history = await openHistory({
    settings: v.parse(importEntries, { server, kind: 'queue_log', type: 'csv', path: 'queue_log' }),
    password: '',
    ca: '',
    csvFolder: path.join(folder, name),
    clock: new PbxClocks(defaultDerivation).of(server),
    rules: defaultDerivation.rules,
    names: members,
  });
  const read: CallParts = { records: [], events: [] };
  for await (const { events: some } of history.history('', 0)) {
    (read.events as Array<(typeof some)[number]>).push(...some);
  }
  return read;
}

type Row = Record<string, string | number>;

async function sumsOf(store: Store, groupBy: readonly Dimension[], wanted: readonly Measure[]): Promise<Row[]> {
  const plan = {
    from: 0,
    to: Date.UTC(2100, 0),
    filters: {},
    groupBy: [...groupBy],
    buckets: null,
    clock: null,
    serviceLevelThreshold: 20,
    bands: [2, 5, 10],
  };
  const { rows } = await store.sum(plan, wanted);
  return rows
    .map(({ group, sums }) => ({
      ...Object.fromEntries(groupBy.map((dimension, place) => [dimension, group[place]!])),
      ...Object.fromEntries(wanted.map((measure) => [measure, sums[measure]])),
    }))
    .filter((row: Row) => row.queue !== '' && wanted.some((measure) => row[measure] !== 0))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

const ofQueues: Measure[] = ['offered', 'visitsAnswered', 'visitsAbandoned', 'answeredWaitSeconds', 'visitTalkSeconds'];
const ofAgents: Measure[] = ['handled', 'notAnswered'];

async function figuresOf(batches: readonly CallParts[]) {
  const store = await openDuckDbStore(':memory:', defaultDerivation);
  try {
    for (const batch of batches) {
      await store.add(batch);
    }
    return {
      queues: await sumsOf(store, ['server', 'queue'], ofQueues),
      agents: await sumsOf(store, ['server', 'queue', 'agent'], ofAgents),
      waits: await sumsOf(store, ['server', 'queue', 'waitBand'], ['visitsAnswered']),
      ends: await sumsOf(store, ['server', 'queue', 'agent', 'endedBy'], ['visitsAnswered']),
      read: await sumsOf(store, [], ['importedVisits']),
      calls: await sumsOf(store, [], ['calls', 'answered', 'abandoned', 'talkSeconds']),
    };
  } finally {
    await store.close();
  }
}

interface Told {
  heard: CallParts;
  read: CallParts;
  nameless: CallParts;
  records: CallParts;
}

async function told(name: string): Promise<Told> {
  const events = await eventsOf(name);
  const { server } = events[0]!;
  const heard = heardParts(name, events);
  return {
    heard,
    read: await readParts(name, server, events),
    nameless: await readParts(name, server, []),
    records: { ...noParts, records: heard.records.map((one) => ({ ...one, queueEventsHeard: false })) },
  };
}

describe('the queue_logs of all cases', () => {
  const cases = new Map<string, Told>();
  let live: Awaited<ReturnType<typeof figuresOf>>;
  const batches = (ways: ReadonlyArray<keyof Told>, without: ReadonlySet<string> = new Set()): CallParts[] => {
    const wanted = [...cases].filter(([name]) => !without.has(name)).map(([, parts]) => parts);
    return ways.map((way) => joined(wanted.map((parts) => parts[way])));
  };
  beforeAll(async () => {
    for (const name of names) {
      cases.set(name, await told(name));
    }
    live = await figuresOf(batches(['heard']));
  });

  it('give the same figures of queues and agents as what came live', async () => {
    const { queues, agents, waits, ends } = await figuresOf(batches(['read']));
    expect({ queues, agents, waits }).toEqual({ queues: live.queues, agents: live.agents, waits: live.waits });
    expect(queues.length).toBeGreaterThan(20);
    expect(ends).toEqual(live.ends);
    expect(new Set(ends.map(({ endedBy }) => endedBy))).toEqual(new Set(['caller', 'agent', 'transfer']));
  });

  it.each<[string, Array<keyof Told>]>([
    ['after it', ['heard', 'read']],
    ['before it', ['read', 'heard']],
    ['twice', ['heard', 'read', 'read']],
    ['where no name of a member is known', ['heard', 'nameless']],
  ])('change nothing of what came live, read %s', async (_, ways) => {
    expect(await figuresOf(batches(ways))).toEqual(live);
  });

  it.each<[string, Array<keyof Told>]>([
    ['after', ['records', 'read']],
    ['before', ['read', 'records']],
  ])('give the same figures read %s the records of the calls', async (_, ways) => {
    const { queues } = await figuresOf(batches(['heard'], withOtherRecords));
    expect((await figuresOf(batches(ways, withOtherRecords))).queues).toEqual(queues);
  });
});
