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
import type { Store } from '../../src/store/store';
import { readCaseFile } from '../../tools/cases/read-case';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultDerivation } from '../support/cdr-builders';

/** Recorded from real Asterisks: what amiws sent, and what they wrote in queue_log of the same calls. */
const cases = path.join(__dirname, '../cases');
const names = readdirSync(cases).filter((name) => {
  const written = statSync(path.join(cases, name, 'queue_log'), { throwIfNoEntry: false });
  return written !== undefined && written.size > 0;
});

async function eventsOf(name: string): Promise<AmiEvent[]> {
  const file = ['frames.jsonl.gz', 'frames.jsonl'].find((one) => existsSync(path.join(cases, name, one)))!;
  return parseCapture(await readCaseFile(path.join(cases, name), file)).flatMap(({ at, data }) => {
    const frame = decodeFrame(data, at);
    return frame.kind === 'event' ? [frame] : [];
  });
}

function heardParts(events: readonly AmiEvent[]): CallParts {
  const clocks = new PbxClocks(defaultDerivation);
  const { rules } = defaultDerivation;
  const reader = new EventReader({ rules, clocks, clockOffset: () => 0, onProblem: () => undefined });
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
    csvFolder: path.join(cases, name),
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
      queues: await sumsOf(store, ['queue'], ofQueues),
      agents: await sumsOf(store, ['queue', 'agent'], ofAgents),
      read: await sumsOf(store, [], ['importedVisits']),
      calls: await sumsOf(store, [], ['calls', 'answered', 'abandoned', 'talkSeconds']),
    };
  } finally {
    await store.close();
  }
}

describe.each(names)('the queue_log of %s', (name) => {
  let live: Awaited<ReturnType<typeof figuresOf>>;
  let heard: CallParts;
  let read: CallParts;
  let nameless: CallParts;
  beforeAll(async () => {
    const events = await eventsOf(name);
    heard = heardParts(events);
    read = await readParts(name, events[0]!.server, events);
    nameless = await readParts(name, events[0]!.server, []);
    live = await figuresOf([heard]);
  });

  it('gives the same figures of queues and agents as what came live', async () => {
    const { queues, agents } = await figuresOf([read]);
    expect({ queues, agents }).toEqual({ queues: live.queues, agents: live.agents });
  });

  it('changes nothing of what came live, whichever comes first', async () => {
    expect(await figuresOf([heard, read])).toEqual(live);
    expect(await figuresOf([read, heard])).toEqual(live);
    expect(await figuresOf([heard, nameless])).toEqual(live);
  });

  it('gives the same figures beside the records of the calls', async () => {
    const records = { ...noParts, records: heard.records.map((one) => ({ ...one, queueEventsHeard: false })) };
    const { queues } = await figuresOf([records, read]);
    expect(queues).toEqual(live.queues);
    expect((await figuresOf([read, records])).queues).toEqual(live.queues);
  });
});
