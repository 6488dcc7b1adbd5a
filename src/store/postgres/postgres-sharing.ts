import { createHash, randomUUID } from 'node:crypto';
import { escapeIdentifier, type Pool } from 'pg';
import { Subject, type Observable } from 'rxjs';
import type { CallId, CallParts } from '../../cdr/call-parts';
import { callKey } from '../../cdr/call-parts';
import type { Span } from '../../cdr/spans';
import type { ForeignChange } from '../engine';
import { noParts } from '../../cdr/call-parts';
import type { LeaseHolder, Sharing } from '../sharing';
import { idsOf, readChange, type FedChange } from './change-feed';
import { leaseMs, LeaseTerm } from './lease-term';
import { OwnConnection } from './own-connection';
import { Standstill } from './standstill';

/** How often the lease is asked for and the feed is read, whether a notice came or not. Milliseconds. */
const tickMs = 1_000;
/** Changes of the feed that are read at once, and calls that are said at once. */
const changesAtOnce = 50;
const callsAtOnce = 500;
/** How long a change stays in the feed, and until when a process that does not read it knows all. Milliseconds. */
const feedMs = 600_000;
/** How long it is known who heard what, days. */
const heardDays = 90;
const pruneMs = 60_000;

export interface SharingOptions {
  schema: string;
  /** What this process is called, for people. */
  name: string;
  /** It never asks for the lease. */
  onlyAnswers: boolean;
  /** Parts of calls as they are stored now. */
  read: (ids: readonly CallId[]) => Promise<Map<string, CallParts>>;
}

/** What the processes on one schema know of each other: a lease, a feed of changes, and who heard what. */
export class PostgresSharing implements Sharing {
  readonly isShared = true;
  /** Tells this process from others, and from itself after a restart. */
  readonly process = randomUUID();
  private readonly term = new LeaseTerm(() => performance.now());
  private readonly standstill = new Standstill();
  private readonly foreign = new Subject<ForeignChange>();
  private readonly connection: OwnConnection;
  private readonly timer: NodeJS.Timeout;
  private known: { holder: LeaseHolder | null; clockOffset: number } = { holder: null, clockOffset: 0 };
  private readUpTo = -1;
  private readAt = performance.now();
  private prunedAt = performance.now();
  private ticking: Promise<void> | null = null;
  private reading: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    pool: Pool,
    private readonly options: SharingOptions
  ) {
    this.connection = new OwnConnection({
      pool: pool.options,
      channel: escapeIdentifier(channelOf(options.schema)),
      onNotice: (from) => this.noticed(from),
    });
    this.timer = setInterval(() => void this.tick(), tickMs);
  }

  get isHeld(): boolean {
    return this.term.isHeld;
  }

  /** Of the lease as it was given to this process; null where it never was. */
  get epoch(): number | null {
    return this.term.epoch;
  }

  get turns(): Observable<boolean> {
    return this.term.turns;
  }

  get holder(): LeaseHolder | null {
    return this.known.holder;
  }

  get clockOffset(): number {
    return this.known.clockOffset;
  }

  get lateness(): number {
    return this.standstill.length;
  }

  /** What other processes changed, until this is closed. */
  get changes(): Observable<ForeignChange> {
    return this.foreign;
  }

  /** Asks for the lease, and reads what others changed. Never fails: it is asked again in a second. */
  tick(): Promise<void> {
    if (this.isClosed) {
      return Promise.resolve();
    }
    this.term.look();
    this.ticking ??= this.ask()
      .catch(() => undefined)
      .finally(() => (this.ticking = null));
    return this.ticking;
  }

  /** Another process took the lease meanwhile. */
  lost(): void {
    this.term.lost();
  }

  async heardByOthers(from: number, to: number): Promise<Map<string, Span[]>> {
    const rows = await this.connection.rows(
      `SELECT server, "from", "to" FROM ${this.table('heard_span')} WHERE process <> $1 AND "to" >= $2::bigint AND "from" <= $3::bigint`,
      [this.process, from, to]
    );
    const spans = rows.map((row): [string, Span] => [String(row.server), [Number(row.from), Number(row.to)]]);
    return new Map(
      [...Map.groupBy(spans, ([server]) => server)].map(([server, all]) => [server, all.map(([, s]) => s)])
    );
  }

  async keepHeard(spans: ReadonlyMap<string, readonly Span[]>): Promise<void> {
    const rows = [...spans].flatMap(([server, all]) => all.map(([from, to]) => ({ server, from, to })));
    if (rows.length > 0) {
      await this.connection.rows(
        `INSERT INTO ${this.table('heard_span')} AS h SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[]) ` +
          'ON CONFLICT (process, server, "from") DO UPDATE SET "to" = greatest(h."to", excluded."to")',
        [this.process, rows.map(({ server }) => server), rows.map(({ from }) => from), rows.map(({ to }) => to)]
      );
    }
  }

  async forgetHeard(server: string): Promise<void> {
    await this.connection.rows(`DELETE FROM ${this.table('heard_span')} WHERE server = $1`, [server]);
  }

  /** Gives the lease back, so that another process takes it at once. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    this.standstill.close();
    await this.ticking;
    this.term.end();
    await this.connection
      .rows(
        `UPDATE ${this.table('lease')} SET "until" = clock_timestamp() WHERE holder = $1 AND "until" > clock_timestamp()`,
        [this.process]
      )
      .then(() => this.connection.rows('SELECT pg_notify($1, $2)', [channelOf(this.options.schema), '']))
      .catch(() => undefined);
    await this.reading;
    this.connection.close();
    this.foreign.complete();
  }

  /** The statement by which others are told of a change once it is durable. */
  notice(): [sql: string, values: unknown[]] {
    return ['SELECT pg_notify($1, $2)', [channelOf(this.options.schema), this.process]];
  }

  private noticed(from: string): void {
    if (from === '') {
      void this.tick();
    } else if (from !== this.process) {
      this.readChanges();
    }
  }

  private async ask(): Promise<void> {
    const { name, onlyAnswers } = this.options;
    const askedAt = performance.now();
    const before = Date.now();
    if (!onlyAnswers) {
      await this.connection.rows(
        `UPDATE ${this.table('lease')} SET epoch = epoch + CASE WHEN holder = $1 THEN 0 ELSE 1 END, ` +
          'since = CASE WHEN holder = $1 AND "until" > clock_timestamp() THEN since ELSE clock_timestamp() END, ' +
          `holder = $1, name = $2, "until" = clock_timestamp() + interval '${leaseMs} ms' ` +
          'WHERE holder = $1 OR "until" <= clock_timestamp()',
        [this.process, name]
      );
    }
    const askedTimeAt = Date.now();
    const [found] = await this.connection.rows(
      'SELECT holder, name, epoch, "until" > clock_timestamp() AS held, ' +
        'extract(epoch FROM since) * 1000 AS since, extract(epoch FROM clock_timestamp()) * 1000 AS now, ' +
        `(SELECT coalesce(max(id), 0) FROM ${this.table('change')}) AS newest FROM ${this.table('lease')}`
    );
    const answeredAt = Date.now();
    if (!found || this.isClosed) {
      return;
    }
    const isOurs = found.holder === this.process && found.held === true;
    this.known = {
      holder: found.held ? { name: String(found.name), since: Math.round(Number(found.since)) } : null,
      // Of a slow answer it is not known when the clock was read.
      clockOffset:
        answeredAt - before < 1_000
          ? Math.round(Number(found.now) - (askedTimeAt + answeredAt) / 2)
          : this.known.clockOffset,
    };
    this.term.answered(askedAt, isOurs ? Number(found.epoch) : null);
    this.begin(Number(found.newest));
    await this.prune();
  }

  /** What was stored before this process began is no change to it. */
  private begin(newest: number): void {
    if (this.readUpTo < 0) {
      this.readUpTo = newest;
    }
    if (newest > this.readUpTo) {
      this.readChanges();
    } else {
      this.readAt = performance.now();
    }
  }

  private readChanges(): void {
    this.reading = this.reading.then(() => this.readOn()).catch(() => undefined);
  }

  private async readOn(): Promise<void> {
    while (!this.isClosed && this.readUpTo >= 0) {
      const rows = await this.connection.rows(
        'SELECT id, CASE WHEN process <> $2 THEN calls END AS calls, removed_before, process = $2 AS own ' +
          `FROM ${this.table('change')} WHERE id > $1::bigint ORDER BY id LIMIT ${changesAtOnce}`,
        [this.readUpTo, this.process]
      );
      if (performance.now() - this.readAt > feedMs - pruneMs) {
        // Changes may be gone from the feed: all that is shown is asked for again.
        this.foreign.next({ calls: [], removedBefore: Date.now() });
      }
      for (const row of rows) {
        if (!row.own) {
          await this.say(readChange(row));
        }
        this.readUpTo = Number(row.id);
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

  private async prune(): Promise<void> {
    if (this.isHeld && performance.now() - this.prunedAt > pruneMs) {
      this.prunedAt = performance.now();
      await this.connection.rows(
        `DELETE FROM ${this.table('change')} WHERE "at" < clock_timestamp() - interval '${feedMs} ms'`
      );
      await this.connection.rows(
        `DELETE FROM ${this.table('heard_span')} WHERE "to" < (extract(epoch FROM clock_timestamp()) - ${heardDays * 86_400}) * 1000`
      );
    }
  }

  private table(name: string): string {
    return `${escapeIdentifier(this.options.schema)}.${name}`;
  }
}

/** Names of channels are of a whole database, and short. */
function channelOf(schema: string): string {
  return `amiws_cdr_${createHash('sha256').update(schema).digest('hex').slice(0, 16)}`;
}
