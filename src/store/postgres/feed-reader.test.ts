import { noParts } from '../../cdr/call-parts';
import type { ForeignChange } from '../engine';
import { FeedReader } from './feed-reader';

interface FedRow {
  id: number;
  process: string;
  calls: unknown[];
}

let feed: FedRow[];
let said: ForeignChange[];
let reader: FeedReader;
const fed = (id: number, process = 'another'): FedRow => ({ id, process, calls: [['pbx', `call ${id}`, null, []]] });
const calls = (): string[] => said.flatMap((change) => change.calls.map(({ id }) => id.linkedId));
/** All that is shown is asked for again so often. */
const renewals = (): number => said.filter(({ removedBefore }) => removedBefore !== null).length;
const tick = (): Promise<unknown> => {
  reader.seen(Math.max(0, ...feed.map(({ id }) => id)));
  return jest.advanceTimersByTimeAsync(1_000);
};
beforeEach(async () => {
  jest.useFakeTimers();
  [feed, said] = [[], []];
  reader = new FeedReader({
    process: 'own',
    table: 'change',
    read: async () => new Map([['any', noParts]]),
    connection: {
      rows: async (_, [last, own] = []) =>
        feed
          .filter(({ id }) => id > Number(last))
          .slice(0, 50)
          .map(({ process, ...row }) => ({ ...row, removed_before: null, own: process === own })),
    },
  });
  reader.changes.subscribe((change) => said.push(change));
  feed.push(fed(1));
  await tick();
});
afterEach(() => jest.useRealTimers());

it('says what others changed since it began, each change once, however many there are at once', async () => {
  feed.push(...Array.from({ length: 120 }, (_, n) => fed(n + 2, n % 2 === 0 ? 'another' : 'own')));
  await tick();
  await tick();
  expect(calls()).toEqual(Array.from({ length: 60 }, (_, n) => `call ${n * 2 + 2}`));
  expect(renewals()).toBe(0);
});

it('asks for all that is shown where changes may be gone from the feed before they were read', async () => {
  await jest.advanceTimersByTimeAsync(230_000);
  feed.push(fed(2));
  await tick();
  expect(renewals()).toBe(0);
  await jest.advanceTimersByTimeAsync(245_000);
  feed = [fed(700)];
  await tick();
  expect([renewals(), calls()]).toEqual([1, ['call 2', 'call 700']]);
});

it('reads on where changes have the ids of others that a promoted standby lacks, after all that is shown was asked for', async () => {
  feed.push(fed(2), fed(3), fed(4));
  await tick();
  feed = [fed(1), fed(2)];
  await tick();
  expect(renewals()).toBe(1);
  feed.push({ ...fed(3), calls: [['pbx', 'call after', null, []]] });
  await tick();
  expect([renewals(), calls().at(-1)]).toEqual([1, 'call after']);
});

it('takes a feed that is empty since nobody wrote for long for no other one', async () => {
  feed.push(fed(2));
  await tick();
  feed = [];
  await tick();
  feed = [fed(3)];
  await tick();
  expect([renewals(), calls()]).toEqual([0, ['call 2', 'call 3']]);
});
