import { csvWriter } from '../../export/csv-writer';
import { exportColumns } from '../../export/export-columns';
import type { ExportProgress } from '../../export/export-progress';
import {
  checkColumnCount,
  parseExportRequest,
  parseSelection,
  type ExportRequest,
  type ExportSelection,
} from '../../export/export-request';
import { fileName } from '../../export/file-name';
import { jsonWriter } from '../../export/json-writer';
import { timeText } from '../../export/time-text';
import { PluginError, type ResourceChunk } from '../../plugin-protocol/plugin';
import { NotAskedError } from '../../plugin-protocol/while-asked';
import { InvalidQueryError } from '../../query/invalid-query-error';
import type { RowKinds } from '../../answers/row-columns';
import { askedFilters, namedClock } from '../../answers/asked-filters';
import type { Scan, ScanSelection } from '../../store/store';
import type { Exporting } from '../sources/roles';
import type { NumberView } from '../ask/number-view';
import { exportTurns } from './export-turns';
import { unlessStalled } from './unless-stalled';
import { shownError } from '../ask/shown-error';

/** Rows of one piece. gRPC takes 16 pieces before it says that the other side is slow: they must not be large. */
const pieceRows = 500;

type Send = (chunk: ResourceChunk) => Promise<void>;

/** How many rows an export with these parameters would have. */
export async function countExport(
  source: Exporting,
  parameters: URLSearchParams,
  view: NumberView,
  signal: AbortSignal
) {
  const selection = parseSelection(parameters);
  return {
    total: await source.store.countRows(selection.query.queryType, scanSelection(source, selection, view), signal),
  };
}

/**
 * Streams all rows of a query as a file once its turn has come, and notes how far it is. What fails before the first piece is
 * an HTTP answer; what fails later breaks the answer off and is noted as failed, so that no short file passes for a whole one.
 */
export async function exportRows(
  source: Exporting,
  parameters: URLSearchParams,
  view: NumberView,
  send: Send,
  signal: AbortSignal,
  turns = exportTurns
): Promise<void> {
  const id = parameters.get('id') ?? '';
  const note = (changes: Partial<ExportProgress>): void =>
    source.exports.set(id, { ...source.exports.of(id), ...changes });
  try {
    const request = parseExportRequest(parameters);
    const selection = scanSelection(source, request, view);
    const sendRows = async (scan: Scan<RowKinds[keyof RowKinds]>): Promise<void> => {
      note({ state: 'running', total: scan.total });
      await sendFile(source, request, scan, view, unlessStalled(send), (done) => note({ done }));
    };
    await turns.run(
      source.exports,
      signal,
      (ahead) => note({ state: 'queued', ahead }),
      () => source.store.scan<keyof RowKinds, void>(request.query.queryType, selection, sendRows, signal)
    );
    note({ state: 'done' });
  } catch (error) {
    note({ state: 'failed', message: messageOf(signal.aborted ? signal.reason : error) });
    throw error instanceof InvalidQueryError ? new PluginError(error.message, 'downstream') : error;
  }
}

async function sendFile<K extends keyof RowKinds>(
  source: Exporting,
  request: ExportRequest & { query: { queryType: K } },
  scan: Scan<RowKinds[K]>,
  view: NumberView,
  send: Send,
  onSent: (rows: number) => void
): Promise<void> {
  const { fields, format, dateFormat, timeZone, header, query } = request;
  const labels = fields.length === 0 ? await scan.customLabels() : [];
  checkColumnCount(labels.length);
  const columns = exportColumns(query.queryType, fields, labels, view.text, source.answers.directory);
  const times = timeText(dateFormat, timeZone);
  const writer = format === 'csv' ? csvWriter(columns, times, header) : jsonWriter(columns, times);
  const write = (text: string, headers?: ResourceChunk['headers']): Promise<void> =>
    send({ status: 200, ...(headers && { headers }), body: new TextEncoder().encode(text) });

  const { clock } = source.answers.defaults.clocks.ofQuestion(query.filters.server, request.to);
  await write(writer.head, {
    'Content-Type': [writer.contentType],
    'Content-Disposition': [`attachment; filename="${fileName(request, clock)}"`],
    'X-Content-Type-Options': ['nosniff'],
    'Cache-Control': ['no-store'],
  });
  let sent = 0;
  for await (const page of scan.pages()) {
    for (let start = 0; start < page.length; start += pieceRows) {
      const rows = page.slice(start, start + pieceRows);
      await write((sent === 0 ? '' : writer.between) + rows.map(writer.row).join(writer.between));
      sent += rows.length;
      onSent(sent);
    }
  }
  await write(writer.tail);
}

function scanSelection(source: Exporting, { query, from, to }: ExportSelection, view: NumberView): ScanSelection {
  const { directory, defaults } = source.answers;
  const context = { directory, businessHours: defaults.businessHours?.hours ?? null };
  const filters = askedFilters(view.filters(query.filters), context, namedClock(query.timeZone, from, to));
  return { from, to, filters, sortOrder: query.sortOrder };
}

function messageOf(error: unknown): string {
  if (error instanceof NotAskedError && error.by === 'host') {
    return 'The download was cancelled.';
  }
  return shownError(error, false).message;
}
