import { all, allRowsOf } from '../../../tests/store-suite/open-store';
import { captureParts } from '../../../tests/support/capture-parts';
import { defaultDerivation, noon } from '../../../tests/support/cdr-builders';
import { derivationOf } from '../../cdr/derivation';
import { parseSettings } from '../../settings/settings';
import type { CallStore } from '../call-store';
import { DuckDbEngine } from '../duckdb/duckdb-engine';
import { openCallStore } from '../open-call-store';
import { compareDays } from './compare-days';
import { moveStore } from './move-store';

const always = [0, Number.MAX_SAFE_INTEGER] as const;
const parts = captureParts();

let source: DuckDbEngine;
let full: CallStore;
let target: CallStore;
beforeEach(async () => {
  source = await DuckDbEngine.open(':memory:');
  full = openCallStore(source, defaultDerivation, { recentCalls: 0 });
  target = openCallStore(await DuckDbEngine.open(':memory:'), defaultDerivation, { recentCalls: 0 });
  await full.deriveAgain(() => undefined);
  await full.add(parts);
});
afterEach(() => Promise.all([full.close(), target.close()]));

const move = (onProgress = (): void => undefined) =>
  moveStore({ source, target, derivation: defaultDerivation, name: 'a file', onProgress });
test('all calls are moved, and what is kept besides', async () => {
  const ofAgent = { server: 'pbx-a', agent: '1001', queues: ['support'], utcOffset: 0 };
  const stretch = { ...ofAgent, paused: true, pauseReason: 'Lunch', wrapUp: false };
  const stretches = Array.from({ length: 1_500 }, (_, n) => ({
    ...stretch,
    startTime: noon + n * 1000,
    endTime: noon + n * 1000 + 500,
  }));
  const gap = { server: 'pbx-a', startTime: noon, endTime: noon + 60_000, reason: 'disconnected' } as const;
  await full.addStretches(stretches);
  await full.addGap(gap);
  await full.addRestart({ server: 'pbx-a', time: noon });
  await full.rememberHeard(new Map([['pbx-a', noon]]));
  await full.keepClocks([{ server: 'pbx-a', from: noon, to: noon, offset: 3600 }]);
  await full.keepImportState('table', { phase: 'done' });
  await move();
  await move();
  expect(await allRowsOf(target)).toEqual(await allRowsOf(full));
  expect(await compareDays(full, target)).toEqual([]);
  expect(await target.stretches('pbx-a', ...always)).toEqual(stretches);
  expect(await target.gaps(...always)).toEqual([gap]);
  expect(await target.restarts(...always)).toEqual([{ server: 'pbx-a', time: noon }]);
  expect(await target.lastHeard()).toEqual(new Map([['pbx-a', noon]]));
  expect(await target.clocks()).toEqual(await full.clocks());
  expect(await target.importState('table')).toEqual({ phase: 'done' });
});

test('a move that was broken off goes on where it was', async () => {
  const calls = Array.from({ length: 2_500 }, (_, n) => ({
    ...parts.records[0]!,
    uniqueId: `${noon / 1000 + n}.1`,
    linkedId: `${noon / 1000 + n}.1`,
    startTime: noon + n * 1000,
  }));
  await full.add({ records: calls, events: [] });
  let reports = 0;
  const breakOff = (): void => {
    if (++reports > 1) {
      throw new Error('power cut');
    }
  };
  await expect(move(breakOff)).rejects.toThrow('power cut');
  expect((await target.counts()).calls).toBe(1_000);
  const asked = jest.spyOn(source, 'write');
  await move();
  // Whether it is derived alike, the rest in two steps, and nothing more.
  expect(asked).toHaveBeenCalledTimes(4);
  expect(await compareDays(full, target)).toEqual([]);
});

test('calls that the target heard itself meanwhile are stored once', async () => {
  await target.add({ records: parts.records.slice(10), events: parts.events.slice(30) });
  await move();
  expect(await allRowsOf(target)).toEqual(await allRowsOf(full));
});

test('calls that other rules made are moved as the rules of the target read them', async () => {
  const { rules, ...others } = derivationOf(parseSettings({ agentPatterns: ['^PJSIP/(\\d)'] }));
  const elsewhere = openCallStore(await DuckDbEngine.open(':memory:'), { rules, ...others }, { recentCalls: 0 });
  await moveStore({ source, target: elsewhere, derivation: { rules, ...others }, name: 'a file', onProgress: () => 0 });
  const agents = (await elsewhere.selectCalls(all)).rows.map(({ agent }) => agent).filter((agent) => agent !== '');
  expect(new Set(agents)).toEqual(new Set(['1']));
  await elsewhere.close();
});

test('a figure that is not the same is named with its day', async () => {
  await target.add({ ...parts, records: parts.records.slice(1) });
  expect(await compareDays(full, target, ['records', 'visitsAnswered'])).toEqual([
    expect.objectContaining({ server: parts.records[0]!.server, measure: 'records', day: expect.any(Number) }),
  ]);
});
