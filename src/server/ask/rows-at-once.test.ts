import { RowsAtOnce } from './rows-at-once';

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when they are told to. */
function tasks(room: RowsAtOnce) {
  const running = new Set<string>();
  const ends = new Map<string, () => void>();
  const run = (name: string, rows: number, signal = never) =>
    room.run(rows, signal, async () => {
      running.add(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      running.delete(name);
      return name;
    });
  return { running, run, end: (name: string) => ends.get(name)!() };
}

describe('questions for many rows', () => {
  it('run while there is room for their rows, and then in order', async () => {
    const { running, run, end } = tasks(new RowsAtOnce(100));
    const answers = ['a', 'b', 'c', 'd'].map((name, n) => run(name, [60, 40, 60, 10][n]!));
    await turn();
    expect([...running]).toEqual(['a', 'b']);
    end('b');
    await turn();
    // There would be room for d, but c came first.
    expect([...running]).toEqual(['a']);
    end('a');
    await turn();
    expect([...running]).toEqual(['c', 'd']);
    end('c');
    end('d');
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('run alone where they want more than there is room for', async () => {
    const { running, run, end } = tasks(new RowsAtOnce(100));
    const answer = run('a', 1_000);
    const next = run('b', 1);
    await turn();
    expect([...running]).toEqual(['a']);
    end('a');
    await answer;
    await turn();
    end('b');
    expect(await next).toBe('b');
  });

  it('leave their place when nobody waits for them, and give it back when they fail', async () => {
    const room = new RowsAtOnce(100);
    const { run, end } = tasks(room);
    const answer = run('a', 100);
    const gone = new AbortController();
    const given = run('b', 100, gone.signal);
    gone.abort(new Error('gone'));
    await expect(given).rejects.toThrow('gone');
    end('a');
    await answer;
    await expect(room.run(100, never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await room.run(100, never, async () => 'next')).toBe('next');
  });
});
