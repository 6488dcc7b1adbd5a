import type { KnownSpan } from '../../cdr/pbx-clocks';
import { alone } from '../../store/sharing';
import { HistoryDeriver } from './history-deriver';

const span: KnownSpan = { server: 'pbx', from: 1, to: 2, offset: 3600 };

function deriver(isHeld: boolean) {
  const seen: string[] = [];
  let trouble: Error | null = null;
  const store = {
    sharing: { ...alone, isShared: true, isHeld },
    clocks: async () => [span],
    deriveAgain: async (onProgress: (done: number, total: number) => void) => {
      onProgress(1, 3);
      seen.push(`derived at ${JSON.stringify(own.progress)}`);
      if (trouble) {
        throw trouble;
      }
    },
  };
  const own = new HistoryDeriver({
    clocks: { recall: ([known]) => seen.push(`clock of ${known!.server}`) },
    run: (task) => task(store),
    onFailed: (error) => seen.push(String(error)),
  });
  return { own, store, seen, fail: () => (trouble = new Error('taken over')) };
}

test('history is derived again by the one that writes, which says how far it is', async () => {
  const { own, seen } = deriver(true);
  await own.look();
  expect(seen).toEqual(['derived at {"done":1,"total":3}', 'clock of pbx']);
  expect(own.progress).toBeNull();
});

test('where another process writes, only its clocks are read, until this one takes over', async () => {
  const { own, store, seen } = deriver(false);
  await own.look();
  expect(seen).toEqual(['clock of pbx']);
  store.sharing.isHeld = true;
  await own.look();
  expect(seen.slice(1)).toEqual(['derived at {"done":1,"total":3}', 'clock of pbx']);
});

test('one that is refused in the middle is reported, and the next look goes on', async () => {
  const { own, seen, fail } = deriver(true);
  fail();
  await Promise.all([own.look(), own.look()]);
  expect(seen.filter((line) => line === 'Error: taken over')).toHaveLength(2);
  expect(own.progress).toBeNull();
});
