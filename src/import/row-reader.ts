import type { AgentStretch } from '../cdr/agent-presence';
import type { QueueEvent } from '../cdr/queue-event';
import type { CdrRecord } from '../cdr/record';
import type { RowProblems } from '../setup/import-progress';

/** Field to value, as texts. */
export type Row = Readonly<Record<string, string>>;

/** What rows tell of calls. */
export interface ReadRows {
  records: CdrRecord[];
  events: QueueEvent[];
  stretches: AgentStretch[];
  problems: RowProblems;
}

/** Makes of rows what is stored. One row that tells nothing takes no other with it. */
export interface RowReader {
  /** True where the PBX's offset has not to be learned from UniqueIDs. */
  readonly zoneIsSet: boolean;
  /** Rows that are younger by the PBX's clock are left for the next reading; infinite for none. Epoch milliseconds. */
  readonly until: number;
  /** What a reading that goes on after the last row must know, as text; empty for nothing. */
  readonly note: string;
  /** Reads from some rows on. `note`: of the reading that ended before them; empty for another place or the beginning. */
  begin(note: string): void;
  /** Learns the PBX's clock, and how rows are kept, from the last ones. */
  learn(rows: readonly Row[]): void;
  /**
   * Rows in their order.
   * @throws ImportError when nothing tells the time zone of the rows
   */
  readAll(rows: readonly Row[]): ReadRows;
}
