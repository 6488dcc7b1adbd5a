import { csvWriter } from '../../export/csv-writer';
import type { ExportProgress } from '../../export/export-progress';
import { parseExportRequest, parseSelection, type ExportRequest } from '../../export/export-request';
import type { ExportedRows, LookAtRows } from '../../export/exported-rows';
import { fileName } from '../../export/file-name';
import { jsonWriter } from '../../export/json-writer';
import { timeText } from '../../export/time-text';
import type { ResourceChunk } from '../../plugin-protocol/plugin';
import { NotAskedError } from '../../plugin-protocol/while-asked';
import type { Exporting } from '../sources/roles';
import type { NumberView } from '../ask/number-view';
import { answeredRows, countAnswered } from './answered-rows';
import { exportTurns } from './export-turns';
import { countScanned, isScanned, scannedRows } from './scanned-rows';
import { unlessStalled } from './unless-stalled';
import { shownError } from '../ask/shown-error';
import { sentence, type Text } from '../../sentences/sentence';
import { textOfError } from '../../sentences/text-of-error';
import { Refusal } from '../refusal';

/** Rows of one piece. gRPC takes 16 pieces before it says that the other side is slow: they must not be large. */
const pieceRows = 500;

type Send = (chunk: ResourceChunk) => Promise<void>;

/** How many rows an export with these parameters would have. */
export async function countExport(
  source: Exporting,
  parameters: URLSearchParams,
  view: NumberView,
  signal: AbortSignal
): Promise<{ total: number }> {
  const selection = parseSelection(parameters);
  const { queryType } = selection.query;
  return {
    total: await (isScanned(queryType)
      ? countScanned(source, queryType, selection, view, signal)
      : countAnswered(source, selection, view, signal)),
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
    const sendRows: LookAtRows = async (rows) => {
      note({ state: 'running', done: 0, total: rows.total });
      await sendFile(source, request, rows, unlessStalled(send), signal, (done) => note({ done }));
    };
    await turns.run(
      source.exports,
      signal,
      (ahead) => note({ state: 'queued', ahead }),
      () => lookAtRows(source, request, view, sendRows, signal)
    );
    note({ state: 'done' });
  } catch (error) {
    note({ state: 'failed', reason: reasonOf(signal.aborted ? signal.reason : error) });
    throw error;
  }
}

function lookAtRows(
  source: Exporting,
  request: ExportRequest,
  view: NumberView,
  look: LookAtRows,
  signal: AbortSignal
): Promise<void> {
  const { query, fields } = request;
  return isScanned(query.queryType)
    ? scannedRows(source, query.queryType, request, fields, view, look, signal)
    : answeredRows(source, request, fields, view, look, signal);
}

async function sendFile<T>(
  source: Exporting,
  request: ExportRequest,
  { columns, pages }: ExportedRows<T>,
  send: Send,
  signal: AbortSignal,
  onSent: (rows: number) => void
): Promise<void> {
  const { format, dateFormat, timeZone, header, query } = request;
  const times = timeText(dateFormat, timeZone);
  const writer = format === 'csv' ? csvWriter(columns, times, header) : jsonWriter(columns, times);
  const write = (text: string, headers?: ResourceChunk['headers']): Promise<void> => {
    signal.throwIfAborted();
    return send({ status: 200, ...(headers && { headers }), body: new TextEncoder().encode(text) });
  };

  const { clock } = source.answers.defaults.clocks.ofQuestion(query.filters.server, request.to);
  await write(writer.head, {
    'Content-Type': [writer.contentType],
    'Content-Disposition': [`attachment; filename="${fileName(request, clock, Date.now())}"`],
    'X-Content-Type-Options': ['nosniff'],
    'Cache-Control': ['no-store'],
  });
  let sent = 0;
  for await (const page of pages()) {
    for (let start = 0; start < page.length; start += pieceRows) {
      const rows = page.slice(start, start + pieceRows);
      await write((sent === 0 ? '' : writer.between) + rows.map(writer.row).join(writer.between));
      sent += rows.length;
      onSent(sent);
    }
  }
  await write(writer.tail);
}

function reasonOf(error: unknown): Text {
  if (error instanceof NotAskedError && error.by === 'host') {
    return [sentence('export.canceled')];
  }
  const shown = shownError(error, false);
  return shown instanceof Refusal ? shown.text : textOfError(shown);
}
