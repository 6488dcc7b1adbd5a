import { createHash, randomUUID } from 'node:crypto';
import { escapeIdentifier, type Pool } from 'pg';
import type { Observable } from 'rxjs';
import type { CallId, CallParts } from '../../cdr/call-parts';
import type { PbxBoard } from '../../cdr/pbx-board';
import type { Span } from '../../cdr/spans';
import type { ForeignChange } from '../engine';
import type { LeaseHolder, Sharing } from '../sharing';
import { FeedReader } from './feed-reader';
import { ForgottenServers } from './forgotten-servers';
import { HeardSpans } from './heard-spans';
import { leaseMs, LeaseTerm } from './lease-term';
import { OwnConnection } from './own-connection';
import { PbxBoards } from './pbx-boards';
import { Standstill } from './standstill';
import { Timeline } from './timeline';

/** How often the lease is asked for and the feed is read, whether a notice came or not. Milliseconds. */
const tickMs = 1_000;
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
  private readonly connection: OwnConnection;
  private readonly heard: HeardSpans;
  private readonly gone: ForgottenServers;
  private readonly pbxBoards: PbxBoards;
  private readonly feed: FeedReader;
  private readonly timeline: Timeline;
  private readonly timer: NodeJS.Timeout;
  private known: { holder: LeaseHolder | null; clockOffset: number } = { holder: null, clockOffset: 0 };
  private prunedAt = -Infinity;
  private ticking: Promise<void> | null = null;
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
    const { connection, process } = this;
    this.heard = new HeardSpans(connection, this.table('heard_span'), process);
    this.gone = new ForgottenServers(connection, this.table('forgotten'));
    this.pbxBoards = new PbxBoards(connection, this.table('pbx_board'), process);
    this.feed = new FeedReader({ connection, process, table: this.table('change'), read: options.read });
    this.timeline = new Timeline(connection);
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

  get rewinds(): Observable<void> {
    return this.timeline.changes;
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
    return this.feed.changes;
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

  heardByOthers(from: number, to: number): Promise<Map<string, Span[]>> {
    return this.heard.byOthers(from, to);
  }

  keepHeard(spans: ReadonlyMap<string, readonly Span[]>): Promise<void> {
    return this.heard.keep(spans);
  }

  keepBoards(boards: ReadonlyMap<string, PbxBoard>): Promise<ReadonlySet<string>> {
    return this.pbxBoards.keep(boards);
  }

  dropBoards(servers: readonly string[]): Promise<void> {
    return this.pbxBoards.drop(servers);
  }

  boards(): Promise<ReadonlyMap<string, PbxBoard>> {
    return this.pbxBoards.byOthers();
  }

  forget(server: string): Promise<void> {
    return this.gone.add(server);
  }

  forgotten(): Promise<ReadonlyMap<string, number>> {
    return this.gone.all();
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
    await this.pbxBoards.dropAll().catch(() => undefined);
    await this.feed.close();
    this.timeline.close();
    this.connection.close();
  }

  /** The statement by which others are told of a change once it is durable. */
  notice(): [sql: string, values: unknown[]] {
    return ['SELECT pg_notify($1, $2)', [channelOf(this.options.schema), this.process]];
  }

  private noticed(from: string): void {
    if (from === '') {
      void this.tick();
    } else if (from !== this.process) {
      this.feed.look();
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
    await this.timeline.look();
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
    this.feed.seen(Number(found.newest));
    await this.prune();
  }

  private async prune(): Promise<void> {
    if (this.isHeld && performance.now() - this.prunedAt > pruneMs) {
      this.prunedAt = performance.now();
      await this.feed.prune();
      await this.heard.prune();
      await this.gone.prune();
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
