import { compareText } from '../cdr/compare-text';
import type { RowSelection } from './answer-store';
import type { SortField } from '../query/model';

interface Row extends Record<SortField, number | string | null> {
  startTime: number | null;
  server: string;
  linkedId: string;
}

/** Rows of a range that match, sorted, skipped and limited as the store of the server part does; rows without the value last. */
export function selectRows<T extends Row>(
  rows: readonly T[],
  selection: RowSelection,
  matches: (row: T) => boolean
): T[] {
  const { from, to, sortBy, sortOrder, offset, limit } = selection;
  const sign = sortOrder === 'asc' ? 1 : -1;
  const order = (a: T, b: T): number =>
    compareValues(a[sortBy], b[sortBy], sign) ||
    sign * compareText(a.linkedId, b.linkedId) ||
    compareText(a.server, b.server);
  return rows
    .filter((row) => row.startTime !== null && row.startTime >= from && row.startTime < to && matches(row))
    .sort(order)
    .slice(offset, offset + limit);
}

function compareValues(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)));
}
