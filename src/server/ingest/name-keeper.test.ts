import { defaultRules } from '../../../tests/support/cdr-builders';
import { LearnedNames, type LearnedName } from '../../cdr/learned-names';
import { NameKeeper } from './name-keeper';

const name = (agent: string, called: string): LearnedName => ({ server: 'pbx', agent, name: called });

function keeper(stored: readonly LearnedName[], isHeld = true) {
  const names = new LearnedNames();
  const store = {
    kept: [...stored],
    writes: 0,
    sharing: { isHeld },
    names: async () => store.kept,
    keepNames: async (all: readonly LearnedName[]) => {
      store.writes++;
      store.kept = [...all];
    },
  };
  const options = {
    names,
    store: () => store as never,
    put: (write: (of: never) => Promise<void>) => void write(store as never),
  };
  const learn = (agent: string, called: string): void =>
    names.learn('pbx', { Interface: `PJSIP/${agent}`, MemberName: called }, undefined, defaultRules);
  return { keeper: new NameKeeper(options), names, store, learn };
}

test('names that were learned are stored with those of before, once', async () => {
  const { keeper: own, store, learn } = keeper([name('1001', 'Ann'), name('1002', 'Bob')]);
  learn('1001', 'Ann Miller');
  await own.recall();
  own.keep();
  own.close();
  expect(store.kept).toEqual([name('1001', 'Ann Miller'), name('1002', 'Bob')]);
  expect(store.writes).toBe(1);
});

test('before the names of a run before are known nothing takes their place', () => {
  const { keeper: own, store, learn } = keeper([name('1002', 'Bob')]);
  learn('1001', 'Ann');
  own.close();
  expect(store.kept).toEqual([name('1002', 'Bob')]);
});

test('one that does not write to a shared store learns what the other one learned', async () => {
  jest.useFakeTimers();
  const { keeper: own, names, store } = keeper([], false);
  await own.recall();
  store.kept = [name('1001', 'Ann')];
  await jest.advanceTimersByTimeAsync(30_000);
  expect(names.of('agent', '1001')).toEqual(['Ann']);
  own.close();
  jest.useRealTimers();
});

test('of those who share a store only one writes', async () => {
  const { keeper: own, store, learn } = keeper([], false);
  await own.recall();
  learn('1001', 'Ann');
  own.close();
  expect(store.writes).toBe(0);
});
