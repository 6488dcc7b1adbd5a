import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { noDirectory } from '../../src/cdr/directory';
import { derivationOf } from '../../src/cdr/derivation';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { answerQuery } from '../../src/answers/answer-query';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { answerRows } from './answer-rows';
import { readFrames } from './read-frames';

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
    const store = await openDuckDbStore(path.join(folder, 'replay.duckdb'), derivation);
    const clocks = new PbxClocks(derivation);
    const capture = await readFile(values.frames, 'utf8');
    const { parts, board, now, problems } = readFrames(capture, derivation.rules, clocks);
    problems.forEach((problem) => console.error(problem));
    const records = parts.flatMap((read) => read.records);
    await store.add({ records, events: parts.flatMap(({ events }) => events) });
    const { firstTime, lastTime } = await store.counts();
    const range = {
      from: values.from ? Date.parse(values.from) : (firstTime ?? 0),
      to: values.to ? Date.parse(values.to) : Math.max(lastTime ?? 0, now) + 1,
      intervalMs: 60_000,
    };
    const { serviceLevelThreshold, shortAbandonThreshold } = settings;
    const source = {
      store,
      defaults: { serviceLevelThreshold, shortAbandonThreshold, clocks },
      directory: noDirectory,
      boardNow: () => ({ ...board.board(derivation.rules), now }),
      agentOf: derivation.rules.member,
      serversNow: () => [],
      gaps: async () => [],
      differences: async () => [],
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
