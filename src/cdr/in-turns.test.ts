import { turnsOfOthers } from '../../tests/support/turns-of-others';
import { mapInTurns } from './in-turns';

const busy = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

it('maps as map does', async () => {
  expect(await mapInTurns([3, 1, 2], (item, index) => item * 10 + index)).toEqual([30, 11, 22]);
  expect(await mapInTurns([], String)).toEqual([]);
});

it('gives others a turn again and again while it works', async () => {
  const turns = await turnsOfOthers(() => mapInTurns(Array.from({ length: 640 }), () => busy(0.5)));
  // 320 ms of work, a turn after each 16 ms of it at most.
  expect(turns).toBeGreaterThanOrEqual(15);
});

it('gives others a turn between many short tasks', async () => {
  const turns = await turnsOfOthers(async () => {
    for (let task = 0; task < 80; task++) {
      await mapInTurns(Array.from({ length: 32 }), () => busy(0.1));
    }
  });
  expect(turns).toBeGreaterThanOrEqual(10);
});

it('throws what a step throws', async () => {
  const failing = mapInTurns([1], () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
});
