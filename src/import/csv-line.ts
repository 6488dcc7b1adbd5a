import type { CsvColumns } from './csv-columns';
import { csvRecord, longestRecord, nextLine } from './csv-record';

/** A record, or a line that is none; where the next one begins. */
export interface CsvLine {
  /** Null for a line that is no record. */
  row: Record<string, string> | null;
  values: readonly string[];
  end: number;
}

/**
 * What begins at `at`; null where it does not end yet. Where a quote is opened and not closed, what seems to be one record
 * is none: then it is a line that can't be read, and the next line is looked at by itself.
 *
 * @param isAll nothing follows `bytes` that would close a quote
 */
export function csvLine(bytes: Buffer, at: number, columns: CsvColumns, isAll: boolean): CsvLine | null {
  const record = csvRecord(bytes, at);
  const row = record && columns(record.fields);
  if (record && row) {
    return { row, values: record.fields, end: record.end };
  }
  const next = nextLine(bytes, at);
  const isTooLong = bytes.length - at > longestRecord;
  if (next === null) {
    return isTooLong ? { row: null, values: [], end: bytes.length } : null;
  }
  if (record || isTooLong || (isAll && isRecord(bytes, next, columns))) {
    return { row: null, values: record?.fields ?? [], end: next };
  }
  return null;
}

function isRecord(bytes: Buffer, at: number, columns: CsvColumns): boolean {
  const record = csvRecord(bytes, at);
  return record !== null && columns(record.fields) !== null;
}
