import { firstValueFrom, take, toArray } from 'rxjs';
import { NotHolderError } from '../../src/store/not-holder-error';
import { StoreClosedError } from '../../src/store/store-closed-error';
import { eventually } from '../reliability/eventually';
import { cdrRecord, noon } from '../support/cdr-builders';
import { storesOfSchema } from '../support/stores-of-schema';

const { open, close, run } = storesOfSchema('calls');

const parts = { records: [cdrRecord()], events: [] };
describe('the lease of a store', () => {
  it('is of the one that opens it first, and goes to another at once when that one closes it', async () => {
    const [first, second] = [await open(), await open()];
    expect([first.sharing.isHeld, second.sharing.isHeld]).toEqual([true, false]);
    expect(second.sharing.holder).toEqual({ name: expect.stringMatching(/, process \d+$/), since: expect.any(Number) });
    const turned = firstValueFrom(second.sharing.turns);
    await close(first);
    expect(await turned).toBe(true);
    const [{ left }] = (await run('SELECT epoch::int AS left FROM calls.lease')) as [{ left: number }];
    expect(left).toBe(2);
  });

  it('is not needed for what a process heard, and refuses all else of another', async () => {
    const [, second] = [await open(), await open()];
    expect(await second.add(parts)).toHaveLength(1);
    await expect(second.removeBefore(noon)).rejects.toThrow(NotHolderError);
    await expect(second.keepAudit([], [])).rejects.toThrow(NotHolderError);
    await expect(second.deriveAgain(() => undefined)).rejects.toThrow(NotHolderError);
  });

  it('refuses a late write of who held it before, which then compares what it has with what is stored', async () => {
    const first = await open();
    // As another process does while this one stands still, and does not know.
    await run("UPDATE calls.lease SET holder = 'other', epoch = epoch + 1, \"until\" = now() + interval '1 hour'");
    expect(first.sharing.isHeld).toBe(true);
    await expect(first.add(parts)).rejects.toThrow(NotHolderError);
    expect(await first.counts()).toMatchObject({ records: 0 });
    expect(first.sharing.isHeld).toBe(false);
    expect(await first.add(parts)).toHaveLength(1);
  });

  it('goes to another when its holder does not say that it is there, by the clock of the database', async () => {
    const { sharing } = await open();
    const turns = firstValueFrom(sharing.turns.pipe(take(2), toArray()));
    await run("UPDATE calls.lease SET holder = 'gone', epoch = epoch + 1, \"until\" = now() + interval '3 s'");
    expect(await turns).toEqual([false, true]);
    const [{ epoch, late }] = (await run(
      "SELECT epoch::int AS epoch, since >= now() - interval '5 s' AS late FROM calls.lease"
    )) as [{ epoch: number; late: boolean }];
    expect([epoch, late]).toEqual([3, true]);
  });

  it('is never of one that only answers', async () => {
    const answers = await open({ onlyAnswers: true });
    expect(answers.sharing.isHeld).toBe(false);
    const [{ epoch }] = (await run('SELECT epoch::int AS epoch FROM calls.lease')) as [{ epoch: number }];
    expect(epoch).toBe(0);
    const other = await open();
    expect(other.sharing.isHeld).toBe(true);
  });
});

test('history is derived on from where a holder came to that ends in the middle of it', async () => {
  const records = Array.from({ length: 2_500 }, (_, n) => {
    const linkedId = `${noon / 1000 + n}.${n}`;
    return cdrRecord({ uniqueId: linkedId, linkedId, startTime: noon + n * 1000, channel: `PJSIP/trunk-${n}` });
  });
  const [first, second] = [await open(), await open()];
  await first.add({ records, events: [] });
  const turned = firstValueFrom(second.sharing.turns);
  await expect(second.deriveAgain(() => undefined)).rejects.toThrow(NotHolderError);
  let ended: Promise<void> | null = null;
  await expect(
    first.deriveAgain((done) => {
      ended ??= done >= 1_000 ? close(first) : null;
    })
  ).rejects.toThrow(StoreClosedError);
  await ended;
  expect(await turned).toBe(true);
  const progress: number[] = [];
  await second.deriveAgain((done) => progress.push(done));
  expect(progress).toEqual([1_000, 2_000, 2_500]);
}, 60_000);

describe('the feed of changes', () => {
  it('is read as soon as a notice comes, long before it is looked at again', async () => {
    const { setInterval } = globalThis;
    jest
      .spyOn(globalThis, 'setInterval')
      .mockImplementation((task, ms) => setInterval(task, ms === 1_000 ? 3_600_000 : ms));
    const [first, second] = [await open(), await open()];
    jest.restoreAllMocks();
    for (const { linkedId, ...record } of [cdrRecord({ linkedId: '1.1' }), cdrRecord({ linkedId: '1.2' })]) {
      const change = firstValueFrom(second.changes);
      await first.add({ records: [{ ...record, linkedId }], events: [] });
      expect(await change).toMatchObject({ changed: [{ id: { server: 'pbx', linkedId } }] });
    }
  });

  it('is read where nobody is told of it, as behind a pooler', async () => {
    const [first, second] = [await open(), await open()];
    const told = firstValueFrom(second.changes);
    await first.add(parts);
    await told;
    const change = firstValueFrom(second.changes);
    const { linkedId } = parts.records[0]!;
    await run("INSERT INTO calls.change (process, calls) VALUES ('another', $1)", [
      JSON.stringify([['pbx', linkedId, null, []]]),
    ]);
    expect(await change).toMatchObject({ changed: [{ id: { server: 'pbx', linkedId }, records: parts.records }] });
  });

  it('says what was removed, and nothing of what this process did itself', async () => {
    const [first, second] = [await open(), await open()];
    const told = firstValueFrom(second.changes);
    await first.add(parts);
    await told;
    const own: unknown[] = [];
    first.changes.subscribe((change) => own.push(change));
    const removal = firstValueFrom(second.changes);
    await first.removeBefore(noon + 3_600_000);
    expect(await removal).toMatchObject({ changed: [], removedBefore: noon + 3_600_000 });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(own).toHaveLength(1);
  });
});

test('processes know what others heard, each stretch as it grows', async () => {
  const [first, second] = [await open(), await open()];
  await first.sharing.keepHeard(new Map([['pbx', [[noon, noon + 10]]]]));
  await first.sharing.keepHeard(
    new Map([
      [
        'pbx',
        [
          [noon, noon + 20],
          [noon + 50, noon + 60],
        ],
      ],
    ])
  );
  expect((await second.sharing.heardByOthers(0, noon + 100)).get('pbx')!.toSorted()).toEqual([
    [noon, noon + 20],
    [noon + 50, noon + 60],
  ]);
  expect((await second.sharing.heardByOthers(noon + 30, noon + 40)).size).toBe(0);
  expect((await first.sharing.heardByOthers(0, noon + 100)).size).toBe(0);
});

test('a restart of a PBX that each heard of is one', async () => {
  const [first, second] = [await open(), await open()];
  await first.addRestart({ server: 'pbx', time: noon });
  await second.addRestart({ server: 'pbx', time: noon + 4_000 });
  await second.addRestart({ server: 'pbx', time: noon + 60_000 });
  expect((await first.restarts(0, Number.MAX_SAFE_INTEGER)).map(({ time }) => time - noon)).toEqual([0, 60_000]);
});

test('what no process asks for any more is removed: changes, who heard what, PBXes taken out of service', async () => {
  await close(await open());
  const daysAgo = (days: number): string => `(extract(epoch FROM now()) - ${days * 86_400})::bigint * 1000`;
  await run(
    `INSERT INTO calls.change (process, calls, "at") VALUES ('gone', '[]', now() - interval '1 day'), ('gone', '[]', now())`
  );
  await run(
    `INSERT INTO calls.heard_span VALUES ('gone', 'pbx', 0, ${daysAgo(91)}), ('gone', 'pbx', 1, ${daysAgo(89)})`
  );
  await run(`INSERT INTO calls.forgotten VALUES ('old', ${daysAgo(101)}), ('new', ${daysAgo(99)})`);
  const tables = ['change', 'heard_span', 'forgotten'];
  const counts = tables.map((table) => `(SELECT count(*)::int FROM calls.${table}) AS ${table}`);
  const left = async (): Promise<unknown> => Object.values((await run(`SELECT ${counts.join(', ')}`))[0]!);
  expect(await left()).toEqual([2, 2, 2]);
  await open();
  expect(await eventually(left, (found) => String(found) === '1,1,1')).toEqual([1, 1, 1]);
});
