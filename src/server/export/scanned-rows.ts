import { askedFilters, namedClock } from '../../answers/asked-filters';
import { rowColumns, type RowKind } from '../../answers/row-columns';
import { exportColumns } from '../../export/export-columns';
import { checkColumnCount, type ExportSelection } from '../../export/export-request';
import type { LookAtRows } from '../../export/exported-rows';
import type { QueryType } from '../../query/model';
import type { ScanSelection } from '../../store/store';
import type { NumberView } from '../ask/number-view';
import type { Exporting } from '../sources/roles';

/** Whether the store can give the rows of a question one by one, however many they are. */
export function isScanned(type: QueryType): type is RowKind {
  return type in rowColumns;
}

export function countScanned(
  source: Exporting,
  kind: RowKind,
  selection: ExportSelection,
  view: NumberView,
  signal: AbortSignal
): Promise<number> {
  return source.store.countRows(kind, scanSelection(source, selection, view), signal);
}

/** Records or calls, as the store reads them in one picture of a moment. */
export function scannedRows(
  source: Exporting,
  kind: RowKind,
  selection: ExportSelection,
  fields: readonly string[],
  view: NumberView,
  look: LookAtRows,
  signal: AbortSignal
): Promise<void> {
  return source.store.scan<RowKind, void>(
    kind,
    scanSelection(source, selection, view),
    async (scan) => {
      const labels = fields.length === 0 ? await scan.customLabels() : [];
      checkColumnCount(labels.length);
      const columns = exportColumns(kind, fields, labels, view.text, source.answers.directory);
      await look({ total: scan.total, columns, pages: () => scan.pages() });
    },
    signal
  );
}

function scanSelection(source: Exporting, { query, from, to }: ExportSelection, view: NumberView): ScanSelection {
  const { directory, defaults } = source.answers;
  const context = { directory, businessHours: defaults.businessHours?.hours ?? null };
  const filters = askedFilters(view.filters(query.filters), context, namedClock(query.timeZone, from, to));
  return { from, to, filters, sortOrder: query.sortOrder };
}
