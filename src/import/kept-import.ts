import { setImmediate as letOthersWork } from 'node:timers/promises';
import type { AgentStretch } from '../cdr/agent-presence';
import type { Gap } from '../cdr/gap';
import { isCovered, joinSpans, type Span } from '../cdr/spans';
import type { RowProblem, RowProblems } from '../setup/import-progress';
import type { SharedStore } from '../store/store';
import { importState, untouched, type ImportState } from './import-state';
import { newStretches } from './new-stretches';
import type { ReadRows } from './row-reader';

/** Records and events of one batch: what comes live waits for one at most. */
const batchSize = 1_000;

export interface KeptImportOptions {
  /** Tells this import from others of the store: another table is another import. */
  key: string;
  server: string;
  /** @throws Error while the store can't be opened */
  store: () => Pick<SharedStore, 'gaps' | 'countRecords' | 'stretches' | 'importState' | 'sharing'>;
  write: <T>(task: (store: Pick<SharedStore, 'add' | 'addStretches' | 'keepImportState'>) => Promise<T>) => Promise<T>;
  /** Records that began before are not kept. Epoch milliseconds. */
  keptSince: () => number;
}

/** What an import stores: what it read, and how far it is. Nothing once `signal` is aborted. */
export class KeptImport {
  state = untouched;
  private recalled: Promise<void> | null = null;

  constructor(
    private readonly options: KeptImportOptions,
    private readonly signal: AbortSignal
  ) {}

  /**
   * Once: what is kept is behind what is known from then on. A store that can't be read now is asked again, and each time
   * one that other processes write to, which may go on with the import or be asked to begin it.
   */
  recall(): Promise<void> {
    if (this.recalled && this.options.store().sharing.isShared) {
      return this.readState();
    }
    this.recalled ??= this.readState().catch((error: unknown) => {
      this.recalled = null;
      throw error;
    });
    return this.recalled;
  }

  /** Stores what was read, and counts what of it nobody had told of before. */
  async add({ records, events, stretches, problems }: ReadRows): Promise<void> {
    let added = 0;
    for (let from = 0; from < Math.max(records.length, events.length) && !this.signal.aborted; from += batchSize) {
      const to = from + batchSize;
      const batch = { records: records.slice(from, to), events: events.slice(from, to) };
      const changes = await this.options.write((store) => store.add(batch));
      added +=
        batch.events.length > 0
          ? changes.length
          : changes.flatMap(({ freshRecords }) => freshRecords).filter(({ imported }) => imported).length;
      await letOthersWork();
    }
    await this.addStretches(stretches);
    if (added > 0 || Object.keys(problems).length > 0) {
      await this.keep({ added: this.state.added + added, problems: sum(this.state.problems, problems) });
    }
  }

  keepHistory(changes: Partial<ImportState['history']>): Promise<void> {
    return this.keep({ history: { ...this.state.history, ...changes } });
  }

  async keep(changes: Partial<ImportState>): Promise<void> {
    if (!this.signal.aborted) {
      this.state = { ...this.state, ...changes };
      await this.options.write((store) => store.keepImportState(this.options.key, this.state));
    }
  }

  /** Keeps that all which the PBX recorded of some stretches is stored. */
  async keepRead(spans: readonly Span[]): Promise<void> {
    const open = await this.openGaps(Date.now());
    const since = this.options.keptSince();
    const possible = spans.filter(([from, to]) => from < to);
    const read = joinSpans([...this.state.read, ...possible], 0).filter(([, to]) => to > since);
    const filled = open.filter((gap) => isCovered(gap, read)).length;
    await this.keep({ read: read.map(([from, to]) => [from, to]), gapsFilled: this.state.gapsFilled + filled });
  }

  /** Gaps that have ended and are not filled in. */
  async openGaps(now: number): Promise<Span[]> {
    const since = this.options.keptSince();
    const [first] = this.state.read;
    const from = first && first[0] <= since ? first[1] : since;
    const gaps = await this.options.store().gaps(from, now);
    return gaps
      .filter((gap) => gap.server === this.options.server && gap.endTime !== null && !this.isFilled(gap))
      .map(({ startTime, endTime }): Span => [startTime, endTime!]);
  }

  /** Whether all that the PBX recorded of a gap was read. */
  isFilled({ server, startTime, endTime }: Gap): boolean {
    return server === this.options.server && endTime !== null && isCovered([startTime, endTime], this.state.read);
  }

  private async addStretches(read: readonly AgentStretch[]): Promise<void> {
    if (read.length === 0 || this.signal.aborted) {
      return;
    }
    const from = read.reduce((least, { startTime }) => Math.min(least, startTime), Infinity);
    const to = read.reduce((most, { endTime }) => Math.max(most, endTime), -Infinity);
    const known = await this.options.store().stretches(this.options.server, from, to);
    const fresh = newStretches(read, known);
    if (fresh.length > 0) {
      await this.options.write((store) => store.addStretches(fresh));
    }
  }

  private async readState(): Promise<void> {
    this.state = importState(await this.options.store().importState(this.options.key));
  }
}

function sum(one: RowProblems, other: RowProblems): RowProblems {
  const kinds = [...new Set([...Object.keys(one), ...Object.keys(other)])] as RowProblem[];
  return Object.fromEntries(kinds.map((kind) => [kind, (one[kind] ?? 0) + (other[kind] ?? 0)]));
}
