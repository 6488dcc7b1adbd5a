import type { ExportColumn } from './export-columns';

/** What a file is written of. */
export interface ExportedRows<T> {
  total: number;
  columns: ReadonlyArray<ExportColumn<T>>;
  /** Every row once, some thousand at a time. */
  pages: () => AsyncIterable<readonly T[]> | Iterable<readonly T[]>;
}

/** Looks at the rows of an export, whatever they are of. */
export type LookAtRows = <T>(rows: ExportedRows<T>) => Promise<void>;
