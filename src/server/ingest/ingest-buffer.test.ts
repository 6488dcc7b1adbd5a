import { cdrRecord, queueEvent } from '../../../tests/support/cdr-builders';
import type { CallParts } from '../../cdr/call-parts';
import { IngestBuffer } from './ingest-buffer';

const parts = (...sequences: number[]): CallParts => ({
  records: sequences.map((sequence) => cdrRecord({ sequence })),
  events: [],
});

describe('the ingest buffer', () => {
  let written: number[][];
  let attempts: number;
  let dropped: number;
  let isBroken: boolean;
  let buffer: IngestBuffer;

  beforeEach(() => {
    jest.useFakeTimers();
    written = [];
    attempts = 0;
    dropped = 0;
    isBroken = false;
    buffer = new IngestBuffer({
      write: async ({ records }) => {
        attempts++;
        if (isBroken) {
          throw new Error('disk full');
        }
        written.push(records.map(({ sequence }) => sequence!));
        return [];
      },
      onWritten: () => undefined,
      onDropped: ({ records, events }) => (dropped += records.length + events.length),
    });
  });
  afterEach(() => jest.useRealTimers());

  it('writes what came within a tenth of a second as one batch', async () => {
    buffer.add(parts(1));
    buffer.add(parts(2, 3));
    await jest.advanceTimersByTimeAsync(100);
    buffer.add(parts(4));
    await jest.advanceTimersByTimeAsync(100);
    expect(written).toEqual([[1, 2, 3], [4]]);
  });

  it('keeps a batch that the store did not take, in order, and tries again', async () => {
    isBroken = true;
    buffer.add(parts(1));
    await jest.advanceTimersByTimeAsync(100);
    buffer.add(parts(2));
    isBroken = false;
    await jest.advanceTimersByTimeAsync(2_500);
    expect(attempts).toBe(2);
    expect(written.flat()).toEqual([1, 2]);
  });

  it('writes what gathered in several batches, and goes on where the store took none', async () => {
    isBroken = true;
    buffer.add(parts(...Array.from({ length: 50_000 }, (_, sequence) => sequence)));
    await jest.advanceTimersByTimeAsync(100);
    expect(await buffer.flush()).toBe(false);
    isBroken = false;
    await jest.advanceTimersByTimeAsync(4_000);
    expect(written.map((batch) => batch.length)).toEqual([20_000, 20_000, 10_000]);
    expect(written.flat()).toEqual(Array.from({ length: 50_000 }, (_, sequence) => sequence));
    expect(buffer.waiting).toBe(0);
  });

  it('counts what is being written among what is in memory only', async () => {
    buffer.add(parts(1, 2));
    const flushed = buffer.flush();
    await Promise.resolve();
    expect(buffer.waiting).toBe(2);
    await flushed;
    expect(buffer.waiting).toBe(0);
  });

  it('cuts batches by arrival, so that the record of a call is in one with its events', async () => {
    isBroken = true;
    for (let call = 0; call < 15_000; call++) {
      buffer.add({ records: [], events: [queueEvent('QueueCallerJoin', call)] });
      buffer.add(parts(call));
    }
    isBroken = false;
    await buffer.flush();
    expect(written.map((records) => records.length)).toEqual([10_000, 5_000]);
  });

  it('writes what waits when it is closed', async () => {
    buffer.add(parts(1));
    await buffer.close();
    expect(written).toEqual([[1]]);
  });

  it('drops the oldest, and says how many, rather than grow without bound', async () => {
    isBroken = true;
    const many = { records: Array.from({ length: 150_000 }, () => cdrRecord({ sequence: 1 })), events: [] };
    buffer.add(many);
    buffer.add(many);
    buffer.add(parts(7));
    expect(dropped).toBe(100_001);
    isBroken = false;
    await buffer.close();
    expect(written.flat()).toHaveLength(200_000);
    expect(written.flat().at(-1)).toBe(7);
  });
});
