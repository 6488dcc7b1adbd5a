import type { Gap } from '../cdr/gap';
import type { CdrRecord } from '../cdr/record';
import { isCovered, joinSpans, type Span } from '../cdr/spans';
import { english } from '../sentences/english';
import type { Text } from '../sentences/sentence';
import type { ImportProgress } from '../setup/import-progress';
import { onlyGrows, type ImportKind, type ImportType } from '../settings/import-settings';
import { dueStretches, writtenAfter, type DueStretches } from './due-stretches';
import type { HistorySource } from './history-source';
import { textOfError } from '../sentences/text-of-error';
import { untouched } from './import-state';
import type { ReadRows } from './row-reader';
import { KeptImport, type KeptImportOptions } from './kept-import';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** How often it is looked for work, and how long a failure is left alone. */
const lookMs = 15_000;
const retryMs = minute;
/** How long before a gap a call that ended in it may have begun; for a first reading, which a second one follows. */
const longestCall = day;
const usualCall = hour;
/** What the clocks of calls and gaps may be apart. */
const tolerance = minute;
/** Days that are compared each night, at an hour of the PBX's clock. */
const checkedDays = 7;
const quietHour = 3;
/** Whoever saves settings waits for a batch of records no longer. */
const closingMs = 2_000;

export interface ImporterOptions extends KeptImportOptions {
  kind: ImportKind;
  type: ImportType;
  /** All that is asked of the source ends at once when `signal` is aborted. */
  open: (signal: AbortSignal) => Promise<HistorySource>;
  /** Hour of the PBX's day, 0 to 23. */
  hourOfPbx: () => number;
  onFailed: (error: string) => void;
}

type Stretches = NonNullable<HistorySource['stretches']>;

/**
 * Brings the calls that the PBX itself recorded into the store: its history once it is asked to, then what was missed in
 * each gap, and each night what the table of the last days has more; of a queue_log what it grew by, every ten minutes. All
 * that is read may be stored already, so nothing depends on where it stopped.
 */
export class Importer {
  private readonly kept: KeptImport;
  private error: Text | null = null;
  private notBefore = 0;
  private readonly ending = new AbortController();
  private working: Promise<void> = Promise.resolve();
  private readEarly: { spans: Span[]; at: number } = { spans: [], at: -Infinity };
  private readonly timer = setInterval(() => void this.lookAgain(), lookMs);

  constructor(private readonly options: ImporterOptions) {
    this.kept = new KeptImport(options, this.ending.signal);
    this.timer.unref();
  }

  get progress(): ImportProgress {
    const { history, added, problems, gapsFilled, checkedAt } = this.kept.state;
    const { phase: state, done, total } = history;
    const { server, kind, type } = this.options;
    return { server, kind, type, state, done, total, added, problems, gapsFilled, checkedAt, error: this.error };
  }

  /** Whether all that the PBX recorded of a gap was read. */
  isFilled(gap: Gap): boolean {
    return this.kept.isFilled(gap);
  }

  /** Imports the history, from its beginning; nothing new while that goes on. */
  async start(): Promise<void> {
    await this.kept.recall();
    if (this.kept.state.history.phase !== 'running') {
      const history = { ...untouched.history, phase: 'running' as const, startedAt: Date.now() };
      await this.kept.keep({ history, added: 0, problems: {} });
    }
    void this.look();
  }

  /** Does what there is to do, also what failed a moment ago; resolves when it is done. */
  look(): Promise<void> {
    this.notBefore = 0;
    return this.lookAgain();
  }

  /** Takes no longer than a moment: what is asked of a database ends at once, and a batch is not waited for long. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.ending.abort();
    const moment = Promise.withResolvers<void>();
    const timer = setTimeout(moment.resolve, closingMs);
    await Promise.race([this.working, moment.promise]);
    clearTimeout(timer);
  }

  /** False while another process that shares the store imports. */
  private get isOurs(): boolean {
    return this.options.store().sharing.isHeld;
  }

  private get isEnding(): boolean {
    return this.ending.signal.aborted;
  }

  private lookAgain(): Promise<void> {
    // What can't even be told must not end the looking.
    this.working = this.working.then(() => this.work()).catch(() => undefined);
    return this.working;
  }

  private async work(): Promise<void> {
    const now = Date.now();
    if (this.isEnding || now < this.notBefore) {
      return;
    }
    try {
      await this.kept.recall();
      if (!this.isOurs) {
        return;
      }
      const due = await this.due(now);
      const checks = this.isCheckDue(now);
      if (this.kept.state.history.phase === 'running' || due.early.length + due.late.length > 0 || checks) {
        const source = await this.options.open(this.ending.signal);
        try {
          await this.readAll(source, due, checks);
        } finally {
          await source.close();
        }
      }
      this.error = null;
    } catch (error) {
      if (!this.isEnding) {
        this.error = textOfError(error);
        this.notBefore = now + retryMs;
        this.options.onFailed(english(this.error));
      }
    }
  }

  private async due(now: number): Promise<DueStretches> {
    const { state } = this.kept;
    if (onlyGrows(this.options) && state.history.phase !== 'done') {
      return { early: [], late: [] };
    }
    this.readEarly.spans = this.readEarly.spans.filter(([, to]) => now - to < writtenAfter);
    return dueStretches(await this.kept.openGaps(now), state.read, this.readEarly, now);
  }

  private async readAll(source: HistorySource, { early, late }: DueStretches, checks: boolean): Promise<void> {
    const { stretches } = source;
    if (this.kept.state.history.phase === 'running') {
      await this.readHistory(source);
    } else if (stretches === null) {
      await this.readTail(source);
    }
    if (early.length > 0 && !this.isEnding) {
      await (stretches && this.read(stretches, early, usualCall));
      this.readEarly = { spans: joinSpans([...this.readEarly.spans, ...early], 0), at: Date.now() };
    }
    const unread = late.filter((span) => !isCovered(span, this.kept.state.read));
    if (stretches && unread.length > 0) {
      await this.read(stretches, unread, longestCall);
      await this.kept.keepRead(unread);
    }
    if (stretches && checks) {
      await this.check(stretches);
    }
  }

  private async readHistory(source: HistorySource): Promise<void> {
    const { kept } = this;
    const since = this.options.keptSince();
    const { position, done, startedAt } = kept.state.history;
    await kept.keepHistory({ total: done + (await source.size(position, since)) });
    for await (const chunk of source.history(position, since)) {
      await kept.add(chunk);
      const { history } = kept.state;
      const read = history.done + chunk.read;
      await kept.keepHistory({ position: chunk.position, done: read, total: Math.max(read, history.total) });
      if (this.isEnding || !this.isOurs) {
        return;
      }
    }
    const { history } = kept.state;
    await kept.keep({
      history: { ...history, phase: 'done', total: history.done },
      tail: history.position,
      checkedAt: Date.now(),
    });
    await kept.keepRead([[since, startedAt - writtenAfter]]);
  }

  /** All that a file grew by. Where it was begun anew, what the old one had last is not known. */
  private async readTail(source: HistorySource): Promise<void> {
    const { kept } = this;
    const { tail } = kept.state;
    const startedAt = Date.now();
    const earliest = this.options.keptSince();
    let since = (await source.continues(tail)) ? earliest : Infinity;
    for await (const chunk of source.history(tail, earliest)) {
      since = Math.min(since, firstTime(chunk));
      await kept.add(chunk);
      await kept.keep({ tail: chunk.position });
      if (this.isEnding || !this.isOurs) {
        return;
      }
    }
    await kept.keep({ checkedAt: startedAt });
    await kept.keepRead([[since, startedAt - writtenAfter]]);
  }

  /** Reads the calls of stretches, each row once though it belongs to several. */
  private async read({ between }: Stretches, wanted: readonly Span[], mayBeginBefore: number): Promise<void> {
    const touches = (record: CdrRecord): boolean =>
      wanted.some(([from, to]) => record.startTime! <= to + tolerance && endOf(record) >= from - tolerance);
    const asked = wanted.map(([from, to]): Span => [from - mayBeginBefore, to + tolerance]);
    for (const [from, to] of joinSpans(asked, 0)) {
      for await (const { records } of between(from, to)) {
        await this.kept.add(recordsAlone(records.filter(touches)));
      }
    }
  }

  private isCheckDue(now: number): boolean {
    const { history, checkedAt } = this.kept.state;
    const since = now - (checkedAt ?? 0);
    if (this.options.kind === 'queue_log') {
      return history.phase === 'done' && since >= writtenAfter;
    }
    const isQuiet = since > 20 * hour && this.options.hourOfPbx() === quietHour;
    return history.phase === 'done' && (since > 44 * hour || isQuiet);
  }

  /** Reads each of the last days again of which the table has more than the store. */
  private async check({ between, count }: Stretches): Promise<void> {
    const { server, keptSince, store } = this.options;
    const end = Date.now() - writtenAfter;
    for (let to = end; to > end - checkedDays * day; to -= day) {
      const from = Math.max(to - day, keptSince());
      const inTable = from < to ? await count(from, to) : 0;
      if (inTable > (await store().countRecords(server, from, to))) {
        for await (const { records } of between(from, to)) {
          await this.kept.add(recordsAlone(records));
        }
      }
    }
    await this.kept.keep({ checkedAt: Date.now() });
  }
}

const recordsAlone = (records: CdrRecord[]): ReadRows => ({ records, events: [], stretches: [], problems: {} });

function firstTime({ records, events }: ReadRows): number {
  const first = records.reduce((least, { startTime }) => Math.min(least, startTime!), Infinity);
  return events.reduce((least, { at }) => Math.min(least, at), first);
}

function endOf({ startTime, endTime, duration }: CdrRecord): number {
  return endTime ?? startTime! + duration * 1000;
}
