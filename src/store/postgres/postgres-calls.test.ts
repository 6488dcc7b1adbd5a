import { assembleCall } from '../../cdr/assemble-call';
import { cdrRecord, defaultDerivation, noon } from '../../../tests/support/cdr-builders';
import { noParts } from '../../cdr/call-parts';
import type { CallChange } from '../engine';
import { Months } from './months';
import { PostgresCalls } from './postgres-calls';
import type { Outcome, Session } from './session';

/** A server that answers the statements of each table's rows when it is told to. */
class SlowSession implements Session {
  private readonly waiting: Array<(error?: Error) => void> = [];

  /** True where a statement of the transaction failed. */
  isAborted = false;

  run(sql: string): Promise<Outcome> {
    if (this.isAborted) {
      return Promise.reject(new Error('The transaction is aborted.'));
    }
    if (!sql.startsWith('INSERT')) {
      return Promise.resolve({ rows: [{ found: true }], changed: 0 });
    }
    return new Promise((resolve, reject) =>
      this.waiting.push((error) => (error ? reject(error) : resolve({ rows: [], changed: 1 })))
    );
  }

  get unanswered(): number {
    return this.waiting.length;
  }

  answer(error?: Error): void {
    this.waiting.splice(0).forEach((end) => end(error));
  }
}

function changeOf(linkedId: string, startTime = noon): CallChange {
  const parts = { records: [cdrRecord({ linkedId, uniqueId: linkedId, startTime })], events: [] };
  const assembled = assembleCall(parts, defaultDerivation.rules);
  return {
    id: { server: parts.records[0]!.server, linkedId },
    parts,
    known: noParts,
    fresh: parts,
    rewritten: false,
    assembled,
  };
}

let session: SlowSession;
let calls: PostgresCalls;
beforeEach(() => {
  session = new SlowSession();
  calls = new PostgresCalls(
    session,
    new Months('store'),
    () => undefined,
    () => undefined
  );
});

describe('calls that are written to PostgreSQL', () => {
  it('are put while the server is at those before, and are written once it has answered all', async () => {
    await calls.write([changeOf('1.1')]);
    const first = session.unanswered;
    expect(first).toBeGreaterThan(0);
    const second = calls.write([changeOf('1.2')]);
    let isWritten = false;
    const written = second.then(() => calls.written()).then(() => (isWritten = true));
    await expect(Promise.race([second.then(() => 'resolved'), Promise.resolve('waits')])).resolves.toBe('waits');
    session.answer();
    await second;
    expect(isWritten).toBe(false);
    session.answer();
    await written;
  });

  it('are not written where a statement of the last failed', async () => {
    await calls.write([changeOf('1.1')]);
    session.answer(new Error('The disk is full.'));
    await expect(calls.written()).rejects.toThrow('The disk is full.');
  });

  it('are not followed by others where a statement failed', async () => {
    await calls.write([changeOf('1.1')]);
    session.answer(new Error('The disk is full.'));
    await expect(calls.write([changeOf('1.2')])).rejects.toThrow('The disk is full.');
  });

  it('fail with what failed first, also where the server then refuses what parts of tables need', async () => {
    await calls.write([changeOf('1.1')]);
    session.answer(new Error('The disk is full.'));
    session.isAborted = true;
    await expect(calls.write([changeOf('1.2', noon - 90 * 86_400_000)])).rejects.toThrow('The disk is full.');
  });
});
