import { Subject, type Observable } from 'rxjs';
import { callKey, noParts, type CallId, type CallParts } from '../../cdr/call-parts';
import type { ForeignChange } from '../engine';
import { idsOf, readChange, type FedChange } from './change-feed';
import type { OwnConnection } from './own-connection';

/** How long a change stays in the feed; who reads it later knows that some may be gone. Milliseconds. */
const feedMs = 300_000;
const marginMs = 60_000;
/** Changes that are read at once, and calls that are said at once. */
const changesAtOnce = 50;
const callsAtOnce = 500;

export interface FeedReaderOptions {
  connection: Pick<OwnConnection, 'rows'>;
  /** Name of the feed's table, quoted. */
  table: string;
  /** This one, whose own changes are left out. */
  process: string;
  /** Parts of calls as they are stored now. */
  read: (ids: readonly CallId[]) => Promise<Map<string, CallParts>>;
}

/** Reads what other processes put into the feed, each change once, in order. */
export class FeedReader {
  private readonly foreign = new Subject<ForeignChange>();
  /** Id of the last change that was read; null until it is known where this process begins. */
  private last: number | null = null;
  private readAt = performance.now();
  private reading: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: FeedReaderOptions) {}

  get changes(): Observable<ForeignChange> {
    return this.foreign;
  }

  /** The newest change has this id. What was stored before this process began is no change to it. */
  seen(newest: number): void {
    this.last ??= newest;
    if (newest > this.last) {
      this.look();
    } else if (newest < this.last && newest > 0) {
      this.reading = this.reading.then(() => this.goBack(newest));
    } else {
      this.readAt = performance.now();
    }
  }

  /** There is something to read. */
  look(): void {
    this.reading = this.reading.then(() => this.readOn()).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.reading;
    this.foreign.complete();
  }

  async prune(): Promise<void> {
    const { connection, table } = this.options;
    await connection.rows(`DELETE FROM ${table} WHERE "at" < now() - interval '${feedMs} ms'`);
  }

  /** A standby that lagged took over, and gives the ids of changes that it lacks to others. */
  private goBack(newest: number): void {
    if (this.last !== null && newest < this.last) {
      this.last = newest;
      this.readAt = performance.now();
      this.sayAll();
    }
  }

  /** Changes may be gone from the feed: all that is shown is asked for again. */
  private sayAll(): void {
    this.foreign.next({ calls: [], removedBefore: Date.now() });
  }

  private async readOn(): Promise<void> {
    const { connection, table, process } = this.options;
    while (!this.isClosed && this.last !== null) {
      const rows = await connection.rows(
        'SELECT id, CASE WHEN process <> $2 THEN calls END AS calls, removed_before, process = $2 AS own ' +
          `FROM ${table} WHERE id > $1::bigint ORDER BY id LIMIT ${changesAtOnce}`,
        [this.last, process]
      );
      if (performance.now() - this.readAt > feedMs - marginMs) {
        this.sayAll();
      }
      for (const row of rows) {
        if (!row.own) {
          await this.say(readChange(row));
        }
        this.last = Number(row.id);
      }
      this.readAt = performance.now();
      if (rows.length < changesAtOnce) {
        return;
      }
    }
  }

  private async say(change: FedChange): Promise<void> {
    if (change.removedBefore !== null) {
      this.foreign.next({ calls: [], removedBefore: change.removedBefore });
    }
    for (let from = 0; from < change.calls.length; from += callsAtOnce) {
      const calls = change.calls.slice(from, from + callsAtOnce);
      const parts = await this.options.read(idsOf({ ...change, calls }));
      this.foreign.next({
        calls: calls.map((call) => ({ ...call, parts: parts.get(callKey(call.id)) ?? noParts })),
        removedBefore: null,
      });
    }
  }
}
