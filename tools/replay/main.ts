import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { decodeFrame } from '../../src/amiws/decode-frame';
import type { CallParts } from '../../src/cdr/call-parts';
import { QueueBoard } from '../../src/cdr/queue-board';
import { derivationOf } from '../../src/cdr/derivation';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { answerQuery } from '../../src/answers/answer-query';
import { EventReader } from '../../src/amiws/event-reader';
import { DuckDbStore } from '../../src/store/duckdb/duckdb-store';
import { answerRows } from './answer-rows';
import { parseCapture } from './parse-capture';

const usage =
  'Usage: npm run --silent replay -- --frames FILE --query \'{"queryType":"calls"}\' [--from ISO] [--to ISO]\n' +
  '                                 [--settings \'{"timeZone":"Europe/Paris"}\']';

/** Feeds a capture into a fresh store and prints the answer of one query as a JSON array of row objects. */
async function replay(): Promise<void> {
  const { values } = parseArgs({
    options: {
      frames: { type: 'string' },
      query: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      settings: { type: 'string', default: '{}' },
    },
  });
  if (!values.frames || !values.query) {
    throw new Error(usage);
  }
  const query = parseQuery(JSON.parse(values.query));
  const settings = parseSettings(JSON.parse(values.settings));
  const folder = await mkdtemp(path.join(tmpdir(), 'amiws-cdr-replay-'));
  try {
    const derivation = derivationOf(settings);
    const store = await DuckDbStore.open(path.join(folder, 'replay.duckdb'), derivation);
    const reader = new EventReader({
      derivation,
      clockOffset: () => 0,
      onProblem: (problem, event) => console.error(`A record of ${event.server} has a bad ${problem}.`),
    });
    const parts: CallParts = { records: [], events: [] };
    const board = new QueueBoard();
    let now = 0;
    const { records, events } = parseCapture(await readFile(values.frames, 'utf8'))
      .map(({ at, data }) => decodeFrame(data, at))
      .reduce((all, frame) => {
        const read = frame.kind === 'event' ? reader.read(frame) : parts;
        if (frame.kind === 'event') {
          now = frame.at;
          board.take(frame.server, frame.name, frame.fields, frame.at);
        }
        return { records: all.records.concat(read.records), events: all.events.concat(read.events) };
      }, parts);
    await store.add({ records, events });
    const { firstTime, lastTime } = await store.counts();
    const range = {
      from: values.from ? Date.parse(values.from) : (firstTime ?? 0),
      to: values.to ? Date.parse(values.to) : (lastTime ?? 0) + 1,
      intervalMs: 60_000,
    };
    const { serviceLevelThreshold, timeZone } = settings;
    const pbxOffset = records.at(-1)?.utcOffset ?? 0;
    const source = {
      store,
      defaults: { serviceLevelThreshold, timeZone, pbxOffset },
      queuesNow: () => board.rows(now),
      serversNow: () => [],
      gaps: async () => [],
    };
    const answer = await answerQuery(source, query, range);
    console.log(JSON.stringify(answerRows(answer), null, 2));
    answer.meta.notices?.forEach(({ text }) => console.error(text));
    await store.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

replay().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
