import { setImmediate as letOthersWork } from 'node:timers/promises';
import * as v from 'valibot';
import type { Gap } from '../cdr/gap';
import type { CdrRecord } from '../cdr/record';
import type { ImportProgress } from '../setup/import-progress';
import type { ImportType } from '../settings/import-settings';
import type { Store } from '../store/store';
import type { Chunk, HistorySource } from './history-source';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** How often it is looked for work, and how long a failure is left alone. */
const lookMs = 15_000;
const retryMs = minute;
/** Records of one batch: what comes live waits for one at most. */
const batchSize = 1_000;
/** How long before a gap a call that ended in it may have begun. */
const longestCall = day;
/** Asterisk may write its records in batches, by default each 300 seconds: a gap is read again after them. */
const writtenAfter = 10 * minute;
const settledAfter = 20_000;
/** Days that are compared each night, at an hour of the PBX's clock. */
const checkedDays = 7;
const quietHour = 3;

const stateSchema = v.object({
  phase: v.picklist(['idle', 'running', 'done']),
  position: v.string(),
  done: v.number(),
  total: v.number(),
  added: v.number(),
  gapsFilled: v.number(),
  /** Gaps that ended until then are filled. */
  gapsUntil: v.number(),
  checkedAt: v.nullable(v.number()),
});
type ImportState = v.InferOutput<typeof stateSchema>;

const untouched: ImportState = {
  phase: 'idle',
  position: '',
  done: 0,
  total: 0,
  added: 0,
  gapsFilled: 0,
  gapsUntil: 0,
  checkedAt: null,
};

export interface ImporterOptions {
  /** Tells this import from others of the store: another table is another import. */
  key: string;
  server: string;
  type: ImportType;
  /** @throws Error while the store can't be opened */
  store: () => Pick<Store, 'gaps' | 'countRecords' | 'importState'>;
  write: <T>(task: (store: Pick<Store, 'add' | 'keepImportState'>) => Promise<T>) => Promise<T>;
  open: () => Promise<HistorySource>;
  /** Records that began before are not kept. Epoch milliseconds. */
  keptSince: () => number;
  /** Hour of the PBX's day, 0 to 23. */
  hourOfPbx: () => number;
  onFailed: (error: string) => void;
}

/**
 * Brings the calls that the PBX itself recorded into the store: its history once it is asked to, then what was missed in
 * each gap, and each night what the table of the last days has more. All that is read may be stored already, so nothing
 * depends on where it stopped.
 */
export class Importer {
  private state = untouched;
  private recalled: Promise<void> | null = null;
  private error: string | null = null;
  private notBefore = 0;
  private closing = false;
  private working: Promise<void> = Promise.resolve();
  private readonly readEarly = new Set<number>();
  private readonly timer = setInterval(() => void this.lookAgain(), lookMs);

  constructor(private readonly options: ImporterOptions) {
    this.timer.unref();
  }

  get progress(): ImportProgress {
    const { phase, done, total, added, gapsFilled, checkedAt } = this.state;
    const { server, type } = this.options;
    return { server, type, state: phase, done, total, added, gapsFilled, checkedAt, error: this.error };
  }

  get server(): string {
    return this.options.server;
  }

  /** Gaps that ended until then are filled in. Epoch milliseconds. */
  get filledUntil(): number {
    return this.state.gapsUntil;
  }

  /** Imports the history, from its beginning; nothing new while that goes on. */
  async start(): Promise<void> {
    await this.recall();
    if (this.state.phase !== 'running') {
      await this.keep({ phase: 'running', position: '', done: 0, total: 0, added: 0 });
    }
    void this.look();
  }

  /** Does what there is to do, also what failed a moment ago; resolves when it is done. */
  look(): Promise<void> {
    this.notBefore = 0;
    return this.lookAgain();
  }

  private lookAgain(): Promise<void> {
    this.working = this.working.then(() => this.work());
    return this.working;
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.working;
  }

  /** Once: what is kept is behind what is known from then on. A store that can't be read now is asked again. */
  private recall(): Promise<void> {
    this.recalled ??= this.readState().catch((error: unknown) => {
      this.recalled = null;
      throw error;
    });
    return this.recalled;
  }

  private async readState(): Promise<void> {
    const kept = v.safeParse(stateSchema, await this.options.store().importState(this.options.key));
    this.state = kept.success ? kept.output : untouched;
  }

  private async work(): Promise<void> {
    const now = Date.now();
    if (this.closing || now < this.notBefore) {
      return;
    }
    try {
      await this.recall();
      const gaps = await this.gapsToFill(now);
      const checks = this.isCheckDue(now);
      if (this.state.phase === 'running' || gaps.length > 0 || checks) {
        const source = await this.options.open();
        try {
          await this.readAll(source, gaps, checks);
        } finally {
          await source.close();
        }
      }
      this.error = null;
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      this.notBefore = now + retryMs;
      this.options.onFailed(this.error);
    }
  }

  private async readAll(source: HistorySource, gaps: readonly Gap[], checks: boolean): Promise<void> {
    if (this.state.phase === 'running') {
      await this.readHistory(source);
    }
    for (const gap of gaps) {
      await this.fill(source, gap);
    }
    if (checks && !this.closing) {
      await this.check(source);
    }
  }

  private async readHistory(source: HistorySource): Promise<void> {
    const since = this.options.keptSince();
    const { position, done } = this.state;
    await this.keep({ total: done + (await source.size(position, since)) });
    for await (const chunk of source.history(position, since)) {
      const added = await this.add(chunk.records);
      const { state } = this;
      const read = state.done + chunk.read;
      await this.keep({
        position: chunk.position,
        done: read,
        total: Math.max(read, state.total),
        added: state.added + added,
      });
      if (this.closing) {
        return;
      }
    }
    await this.keep({ phase: 'done', total: this.state.done, checkedAt: Date.now() });
  }

  private async gapsToFill(now: number): Promise<Gap[]> {
    const { server, type } = this.options;
    if (type === 'csv' && this.state.phase === 'idle') {
      return [];
    }
    const gaps = await this.options.store().gaps(this.state.gapsUntil, now);
    return gaps
      .filter((gap) => gap.server === server && gap.endTime !== null && gap.endTime > this.state.gapsUntil)
      .filter(({ endTime }) => now - endTime! >= (this.readEarly.has(endTime!) ? writtenAfter : settledAfter))
      .sort((a, b) => a.endTime! - b.endTime!);
  }

  private async fill(source: HistorySource, { startTime, endTime }: Gap): Promise<void> {
    const { stretches } = source;
    const chunks = stretches?.between(startTime - longestCall, endTime! + minute);
    await this.readNew(source, chunks, (record) => endOf(record) >= startTime - minute);
    if (this.closing) {
      return;
    }
    if (Date.now() - endTime! >= writtenAfter) {
      this.readEarly.delete(endTime!);
      await this.keep({ gapsUntil: endTime!, gapsFilled: this.state.gapsFilled + 1 });
    } else {
      this.readEarly.add(endTime!);
    }
  }

  private isCheckDue(now: number): boolean {
    const { phase, checkedAt } = this.state;
    const since = now - (checkedAt ?? 0);
    return phase === 'done' && (since > 44 * hour || (since > 20 * hour && this.options.hourOfPbx() === quietHour));
  }

  /** Reads each of the last days again of which the table has more than the store. */
  private async check(source: HistorySource): Promise<void> {
    const { server, keptSince } = this.options;
    const end = Date.now() - writtenAfter;
    for (let to = end; to > end - checkedDays * day && source.stretches; to -= day) {
      const from = Math.max(to - day, keptSince());
      const inTable = from < to ? await source.stretches.count(from, to) : 0;
      if (inTable > (await this.options.store().countRecords(server, from, to))) {
        await this.readNew(source, source.stretches.between(from, to));
      }
    }
    if (source.stretches === null) {
      await this.readNew(source, undefined);
    }
    await this.keep({ checkedAt: Date.now() });
  }

  /** Reads a stretch, or of a file all that it grew by. */
  private async readNew(
    source: HistorySource,
    stretch: AsyncIterable<Chunk> | undefined,
    isWanted: (record: CdrRecord) => boolean = () => true
  ): Promise<void> {
    const chunks = stretch ?? source.history(this.state.position, this.options.keptSince());
    for await (const { records, position } of chunks) {
      const added = await this.add(records.filter(isWanted));
      await this.keep({ added: this.state.added + added, ...(stretch ? {} : { position }) });
      if (this.closing) {
        return;
      }
    }
  }

  /** Stores records; gives how many of them nobody had told of before. */
  private async add(records: readonly CdrRecord[]): Promise<number> {
    let added = 0;
    for (let from = 0; from < records.length; from += batchSize) {
      const batch = { records: records.slice(from, from + batchSize), events: [] };
      const changes = await this.options.write((store) => store.add(batch));
      added += changes.flatMap(({ freshRecords }) => freshRecords).filter(({ imported }) => imported).length;
      await letOthersWork();
    }
    return added;
  }

  private async keep(changes: Partial<ImportState>): Promise<void> {
    this.state = { ...this.state, ...changes };
    await this.options.write((store) => store.keepImportState(this.options.key, this.state));
  }
}

function endOf({ startTime, endTime, duration }: CdrRecord): number {
  return endTime ?? startTime! + duration * 1000;
}
