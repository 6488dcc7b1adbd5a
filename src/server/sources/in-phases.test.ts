import { inPhases } from './in-phases';

const never = () => new Promise<never>(() => undefined);

test('phases are done in their order, one that hangs or fails holding up none for longer than it may', async () => {
  const done: string[] = [];
  const late: string[] = [];
  const phase = (name: string, work: () => Promise<unknown>) => ({
    name,
    ms: 20,
    work: () => {
      done.push(name);
      return work();
    },
  });
  const isInTime = await inPhases(
    [
      phase('flushed', never),
      phase('ended', () => Promise.reject(new Error('no such thing'))),
      phase('closed', async () => undefined),
    ],
    (name, waitedMs) => late.push(`${name} ${waitedMs}`)
  );
  expect(done).toEqual(['flushed', 'ended', 'closed']);
  expect(late).toEqual(['flushed 20']);
  expect(isInTime).toBe(true);
  expect(await inPhases([phase('closed', never)], () => undefined)).toBe(false);
});
