import { lastValueFrom, Subject } from 'rxjs';
import { sendEach, workOnNewest } from './paced';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A reader that takes what is sent when it is told to. */
function slowReader() {
  const taken: number[] = [];
  const waiting: Array<() => void> = [];
  const send = (value: number) =>
    new Promise<void>((resolve) => {
      taken.push(value);
      waiting.push(resolve);
    });
  return { taken, send, read: () => waiting.shift()?.() };
}

test('a slow reader of answers gets the first and then the newest', async () => {
  const { taken, send, read } = slowReader();
  const answers = new Subject<number>();
  const done = lastValueFrom(answers.pipe(workOnNewest(send)), { defaultValue: undefined });
  [1, 2, 3, 4].forEach((n) => answers.next(n));
  await settle();
  expect(taken).toEqual([1]);
  read();
  await settle();
  expect(taken).toEqual([1, 4]);
  answers.next(5);
  read();
  await settle();
  expect(taken).toEqual([1, 4, 5]);
  read();
  answers.complete();
  await done;
});

test('rows are sent in order and none is left out', async () => {
  const { taken, send, read } = slowReader();
  const rows = new Subject<number>();
  const done = lastValueFrom(rows.pipe(sendEach(send)), { defaultValue: undefined });
  [1, 2, 3].forEach((n) => rows.next(n));
  rows.complete();
  for (let n = 0; n < 3; n++) {
    read();
    await settle();
  }
  await done;
  expect(taken).toEqual([1, 2, 3]);
});

test('a reader of rows that takes nothing is left, so that what waits for it has a bound', async () => {
  const { taken, send } = slowReader();
  const rows = new Subject<number>();
  const done = lastValueFrom(rows.pipe(sendEach(send)));
  for (let n = 0; n < 200; n++) {
    rows.next(n);
  }
  await expect(done).rejects.toThrow('Subscribe to it again');
  expect(taken).toEqual([0]);
});
