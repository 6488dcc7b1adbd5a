import fc from 'fast-check';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { EventReader } from '../../src/amiws/event-reader';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import type { CallParts } from '../../src/cdr/call-parts';
import { LiveBoard } from '../../src/cdr/live-board';
import { startOfPbx } from '../../src/cdr/restart';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import type { Store } from '../../src/store/store';
import { defaultDerivation } from '../support/cdr-builders';
import { badFrame } from './bad-frame';
import { patience, runs } from './runs';

const now = 1_795_525_300_000;
const batch = 500;
const batchesOfRound = 20;

function goodFrame(n: number): string {
  const id = `1795525200.good${n}`;
  const data = {
    Event: 'Cdr',
    Source: '5551234',
    Channel: 'PJSIP/trunk-00000001',
    StartTime: '2026-11-24 13:00:00',
    EndTime: '2026-11-24 13:00:10',
    Duration: '10',
    BillableSeconds: '8',
    Disposition: 'ANSWERED',
    UniqueID: id,
    LinkedID: id,
    Sequence: String(n),
  };
  return JSON.stringify({ type: 3, server_id: 1, server_name: 'good', ssl: false, data });
}

/** What the data source does with a message of amiws, up to the store. */
function reader() {
  const events = new EventReader({
    rules: defaultDerivation.rules,
    clocks: new PbxClocks(defaultDerivation),
    clockOffset: () => 0,
    onProblem: () => undefined,
  });
  const board = new LiveBoard();
  return (message: string | Uint8Array): CallParts => {
    const frame = decodeFrame(message, now);
    if (frame.kind !== 'event') {
      return { records: [], events: [] };
    }
    startOfPbx(frame.fields, frame.at);
    board.apply(frame.server, frame.name, frame.fields, frame.at);
    board.board(defaultDerivation.rules);
    board.agents(defaultDerivation.rules.member, Date.now());
    return events.read(frame);
  };
}

async function recordsOf(store: Store, server: string): Promise<number> {
  const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const plan = { ...range, filters: { server: [server] }, groupBy: [], buckets: null, clock: null };
  const { rows } = await store.sum({ ...plan, serviceLevelThreshold: 20 }, ['records']);
  return rows[0]!.sums.records;
}

/** Gives how many good records stood among the bad frames of a round, all of which were kept once. */
async function round(batches: number): Promise<number> {
  const store = await openDuckDbStore(':memory:', defaultDerivation);
  const read = reader();
  let good = 0;
  let found = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(badFrame, { minLength: batch, maxLength: batch, size: 'max' }), async (messages) => {
      const mixed = messages.flatMap((message, n) => (n % 10 === 0 ? [message, goodFrame(good++)] : [message]));
      const parts = mixed.map(read);
      const all = { records: parts.flatMap(({ records }) => records), events: parts.flatMap(({ events }) => events) };
      const changes = await store.add(all);
      const fresh = changes.flatMap(({ freshRecords }) => freshRecords);
      found += fresh.filter(({ server }) => server === 'good').length;
      refused += messages.length - all.records.length;
    }),
    { numRuns: batches, endOnFailure: true }
  );
  expect(found).toBe(good);
  expect(refused).toBeGreaterThan(0);
  expect(await recordsOf(store, 'good')).toBe(good);
  await store.close();
  return good;
}

test(
  'no message of amiws breaks the reader or the store, and every good record among them is kept once',
  async () => {
    let good = 0;
    // A board and a store that grew with nonsense for hours would be all that is measured.
    for (let left = Math.ceil(runs(0.9) / batch); left > 0; left -= batchesOfRound) {
      good += await round(Math.min(left, batchesOfRound));
    }
    console.log(`${runs(0.9)} bad frames among ${good} good ones: ${good} good ones kept`);
  },
  patience
);
