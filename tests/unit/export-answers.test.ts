import { parse } from 'csv-parse/sync';
import { answerSource } from '../support/answer-source';
import { cdrRecord, defaultRules, noon } from '../support/cdr-builders';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { exportParameters, type ExportLayout, type SavedSelection } from '../../src/export/export-request';
import type { SavedQuery } from '../../src/query/model';
import { fullView, maskedView, type NumberView } from '../../src/server/ask/number-view';
import type { Exporting, Guarded } from '../../src/server/sources/roles';
import { ExportProgresses } from '../../src/server/export/export-progresses';
import { countExport, exportRows } from '../../src/server/export/export-rows';
import { english } from '../../src/sentences/english';

const layout: ExportLayout = { format: 'csv', fields: [], dateFormat: 'plain', timeZone: 'Asia/Tokyo', header: true };
const never = new AbortController().signal;
const id = 'answered-rows';

const store = new MemoryStore(100, defaultRules);
const call = (minute: number, source: string) =>
  cdrRecord({
    uniqueId: `${noon / 1000 + minute * 60}.1`,
    startTime: noon + minute * 60_000,
    answerTime: null,
    disposition: 'NO ANSWER',
    direction: 'inbound',
    source,
  });
store.add({ records: [call(0, '+4930123456'), call(5, '+4930123456'), call(9, '+4940987654')], events: [] });
const source = { answers: answerSource(store), exports: new ExportProgresses() } as unknown as Exporting;
const guarded = { settings: { maskDigitsShown: 2 }, lookups: { admit: () => true } } as unknown as Guarded;

const selection = (query: Omit<SavedQuery, 'refId'>): SavedSelection => ({ query, from: noon, to: noon + 600_000 });

async function fileOf(query: Omit<SavedQuery, 'refId'>, view: NumberView, signal = never): Promise<string[][]> {
  let file = '';
  const parameters = exportParameters(selection(query), layout, id);
  await exportRows(
    source,
    parameters,
    view,
    async ({ body }) => {
      file += new TextDecoder().decode(body);
    },
    signal
  );
  return parse(file, { bom: true, relax_column_count: true });
}

const columnsOf = ([titles, ...lines]: string[][], ...wanted: string[]): string[][] =>
  lines.map((line) => wanted.map((title) => line[titles!.indexOf(title)]!));

test('lost callers are exported with all rows and in the zone that is chosen, limit or no limit', async () => {
  const file = await fileOf({ queryType: 'lostCallers', limit: 1 }, fullView);
  expect(columnsOf(file, 'Number', 'Tries', 'Last try')).toEqual([
    ['+4940987654', '1', '2026-11-24 22:09:00'],
    ['+4930123456', '2', '2026-11-24 22:05:00'],
  ]);
  expect(source.exports.of(id)).toEqual({ state: 'done', done: 2, total: 2 });
  const parameters = exportParameters(selection({ queryType: 'lostCallers' }), layout, id);
  ['id', 'format', 'dateFormat', 'timeZone', 'header'].forEach((name) => parameters.delete(name));
  expect(await countExport(source, parameters, fullView, never)).toEqual({ total: 2 });
});

test.each<[string, Omit<SavedQuery, 'refId'>]>([
  ['lost callers', { queryType: 'lostCallers' }],
  ['repeated callers', { queryType: 'repeatedCallers' }],
  ['the journey of a call', { queryType: 'journey', filters: { linkedId: [`${noon / 1000}.1`] } }],
  ['figures by number', { queryType: 'statistics', groupBy: ['source'], format: 'table' }],
  ['figures by number over time', { queryType: 'statistics', groupBy: ['source'], format: 'timeseries' }],
])('who may not see numbers gets a file of %s without one', async (_, query) => {
  const seen = JSON.stringify(await fileOf(query, fullView));
  expect(seen).toContain('30123456');
  const masked = JSON.stringify(await fileOf(query, maskedView(guarded, 'viewer')));
  expect(masked).toContain('••••56');
  expect(masked).not.toMatch(/30123456|40987654/);
});

test('what can not be answered is refused in words before the file begins, and noted', async () => {
  const query: Omit<SavedQuery, 'refId'> = { queryType: 'journey', filters: { linkedId: Array(11).fill('1.1') } };
  await expect(fileOf(query, fullView)).rejects.toThrow('has 11 calls, but at most 10 are allowed');
  const { state, reason } = source.exports.of(id)!;
  expect(state).toBe('failed');
  expect(english(reason!)).toContain('at most 10 are allowed');
});

test('a file ends with whoever asked for it', async () => {
  const gone = new AbortController();
  gone.abort(new Error('gone'));
  await expect(fileOf({ queryType: 'lostCallers' }, fullView, gone.signal)).rejects.toThrow('gone');
});
