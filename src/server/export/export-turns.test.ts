import { ExportTurns } from './export-turns';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Turns with exports that run until they are ended. */
function exporting(limits: Partial<ConstructorParameters<typeof ExportTurns>[0]> = {}) {
  const turns = new ExportTurns({ ofOne: 2, inAll: 3, waiting: 10, ...limits });
  const running: string[] = [];
  const ahead: Record<string, number> = {};
  const ends: Record<string, () => void> = {};
  const start = (name: string, source: object, signal = new AbortController().signal) =>
    turns.run(
      source,
      signal,
      (count) => (ahead[name] = count),
      async () => {
        delete ahead[name];
        running.push(name);
        await new Promise<void>((end) => (ends[name] = end));
        running.splice(running.indexOf(name), 1);
      }
    );
  return {
    running,
    ahead,
    start,
    end: async (name: string) => {
      ends[name]!();
      await settle();
    },
  };
}

const [east, west] = [{}, {}];

test('two exports of a data source run at once, the others in the order they came, and each knows how many are before it', async () => {
  const { start, running, ahead, end } = exporting();
  ['a', 'b', 'c', 'd', 'e'].forEach((name) => void start(name, east));
  await settle();
  expect(running).toEqual(['a', 'b']);
  expect(ahead).toEqual({ c: 0, d: 1, e: 2 });
  await end('b');
  expect(running).toEqual(['a', 'c']);
  expect(ahead).toEqual({ d: 0, e: 1 });
  await end('a');
  await end('c');
  expect(running).toEqual(['d', 'e']);
});

test('a data source whose exports wait holds up no other, until as many run as may in all', async () => {
  const { start, running, ahead, end } = exporting();
  ['a', 'b', 'c'].forEach((name) => void start(name, east));
  ['x', 'y'].forEach((name) => void start(name, west));
  await settle();
  expect(running).toEqual(['a', 'b', 'x']);
  expect(ahead).toEqual({ c: 0, y: 0 });
  await end('x');
  expect(running).toEqual(['a', 'b', 'y']);
});

test('an export that is cancelled while it waits leaves the queue, one that fails makes room', async () => {
  const { start, running, ahead } = exporting({ ofOne: 1 });
  const failing = new ExportTurns({ ofOne: 1, inAll: 1, waiting: 1 });
  const never = new AbortController().signal;
  const failed = failing.run(east, never, jest.fn(), () => Promise.reject(new Error('The disk is full')));
  await expect(failed).rejects.toThrow('The disk is full');
  await expect(failing.run(east, never, jest.fn(), async () => 'done')).resolves.toBe('done');

  void start('a', east);
  const cancelled = new AbortController();
  const left = start('b', east, cancelled.signal);
  void start('c', east);
  await settle();
  cancelled.abort(new Error('cancelled'));
  await expect(left).rejects.toThrow('cancelled');
  expect(running).toEqual(['a']);
  expect(ahead.c).toBe(0);
});

test('no more wait than there are places, and the next one is told to come later', async () => {
  const { start } = exporting({ ofOne: 1, waiting: 2 });
  ['a', 'b', 'c'].forEach((name) => void start(name, east));
  await expect(start('d', east)).rejects.toThrow('2 exports are waiting already');
});
