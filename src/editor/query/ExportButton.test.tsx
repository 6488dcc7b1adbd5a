import { dateTime, FieldType, LoadingState, toDataFrame, type PanelData, type TimeRange } from '@grafana/data';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseExportRequest, parseSelection } from '../../export/export-request';
import type { ExportProgress } from '../../export/export-progress';
import type { PanelQuery } from '../../datasource/panel-query';
import { ExportButton } from './ExportButton';
import { verbatim } from '../../sentences/sentence';

/** Of a panel with a relative time, a time shift, or of one side of Explore. */
const range = { from: dateTime(1_000_000), to: dateTime(2_000_000) } as TimeRange;
const ofDashboard = { from: dateTime(5_000_000), to: dateTime(9_000_000) } as TimeRange;
const data = {
  state: LoadingState.Done,
  series: [
    toDataFrame({
      refId: 'A',
      fields: [
        { name: 'source', type: FieldType.string, values: ['1'], config: { displayNameFromDS: 'Number' } },
        { name: 'lastTry', type: FieldType.time, values: [1], config: { displayNameFromDS: 'Last try' } },
      ],
    }),
  ],
  timeRange: range,
  request: {
    range,
    timezone: 'Europe/Berlin',
    intervalMs: 30_000,
    scopedVars: { agent: { value: '1001' } },
    filters: [{ key: 'queue', operator: '=', value: 'sales' }],
  },
} as unknown as PanelData;

/** Where forms were posted to, and what they hold. */
let posted: Array<{ address: string; parameters: URLSearchParams }>;
let answers: Record<string, () => Promise<unknown>>;
let progress: ExportProgress;
const asked: URLSearchParams[] = [];
/** What was asked in the body of a request, not in its address. */
let inBody: string[];

// Grafana's lists are slow to draw in jsdom.
jest.setTimeout(30_000);

beforeEach(() => {
  posted = [];
  asked.length = 0;
  inBody = [];
  progress = { state: 'waiting', done: 0, total: 0 };
  answers = {
    'export-count': () => Promise.resolve({ total: 1_234_567 }),
    'export-progress': () => Promise.resolve(progress),
  };
  jest.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
    expect(document.getElementsByName(this.target)).toHaveLength(1);
    // An address would be cut by proxies.
    expect(this.method).toBe('post');
    const values = Array.from(new FormData(this), ([name, value]) => [name, String(value)]);
    posted.push({ address: this.action, parameters: new URLSearchParams(values) });
  });
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

async function open(query: Partial<PanelQuery> = {}) {
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  const answer = (path: string, parameters?: Record<string, string>) => {
    asked.push(new URLSearchParams(parameters));
    return answers[path]!() as Promise<never>;
  };
  render(
    <ExportButton
      query={{ refId: 'A', queryType: 'calls', filters: { agent: ['$agent'] }, limit: 10, ...query }}
      range={ofDashboard}
      data={data}
      customFields={['Tenant']}
      datasource={{
        uid: 'cdr',
        applyTemplateVariables: (saved, { agent, __timezone: zone }, adHoc = []) => ({
          ...saved,
          ...(saved.timeZone === 'dashboard' && { timeZone: String(zone?.value) }),
          filters: { agent: [String(agent?.value)], queue: adHoc.map(({ value }) => value) },
        }),
        getResource: answer,
        postForm: (path, parameters) => {
          inBody.push(path);
          return answer(path, parameters);
        },
      }}
    />
  );
  await user.click(screen.getByRole('button', { name: 'Export…' }));
  return user;
}

async function secondsPass(seconds: number): Promise<void> {
  await act(() => jest.advanceTimersByTimeAsync(seconds * 1000));
}

const requested = () => parseExportRequest(posted.at(-1)!.parameters);

test('says how many rows there are before it starts', async () => {
  await open();
  expect(await screen.findByText(/1,234,567 rows from 1970-01-01 01:16:40 to 1970-01-01 01:33:20/)).toBeVisible();
  expect(parseSelection(asked[0]!)).toMatchObject({
    from: 1_000_000,
    to: 2_000_000,
    query: { filters: { agent: ['1001'] } },
  });
});

test('rows are counted with the ad hoc filters of the dashboard, and asked for in no address, which proxies cut', async () => {
  await open();
  await screen.findByText(/1,234,567 rows/);
  expect(inBody).toEqual(['export-count']);
  expect(parseSelection(asked[0]!).query.filters).toEqual({ agent: ['1001'], queue: ['sales'] });
});

test('says why rows can not be counted', async () => {
  answers['export-count'] = () => Promise.reject({ status: 429, data: { message: 'Too many numbers' }, config: {} });
  await open();
  expect(await screen.findByText('Too many numbers')).toBeVisible();
});

test('downloads from the data source, as chosen, with the variables put in', async () => {
  const user = await open();
  await user.click(screen.getByRole('radio', { name: 'JSON' }));
  for (const [label, option] of [
    ['Fields', 'Source'],
    ['Fields', 'Tenant'],
    ['Dates', 'DD.MM.YYYY HH:mm:ss'],
    ['Time zone', 'Europe/Berlin'],
  ] as const) {
    await user.click(screen.getByLabelText(label));
    // Of a long list only the part that is in view is there.
    await user.keyboard(option);
    await user.click(await screen.findByRole('option', { name: new RegExp(`^${option}(?! name)`) }));
    await user.tab();
  }
  await user.click(screen.getByRole('button', { name: 'Download' }));
  const { pathname, search } = new URL(posted[0]!.address);
  expect(search).toBe('');
  expect(pathname).toBe('/api/datasources/uid/cdr/resources/export');
  expect(requested()).toMatchObject({
    query: { queryType: 'calls', filters: { agent: ['1001'] } },
    format: 'json',
    fields: ['source', 'custom.Tenant'],
    dateFormat: 'day-first',
    timeZone: 'Europe/Berlin',
  });
});

test('a CSV has its titles unless they are left out', async () => {
  const user = await open({ queryType: 'records' });
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(requested()).toMatchObject({ query: { queryType: 'records' }, format: 'csv', header: true, fields: [] });
  await user.click(screen.getByRole('switch', { name: 'First line has the titles' }));
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(requested()).toMatchObject({ header: false });
});

test('any other question is exported as the panel asks it, by the columns that the panel shows', async () => {
  const user = await open({ queryType: 'lostCallers', callBackHours: 4, timeZone: 'dashboard' });
  expect(await screen.findByText('Export: Lost callers')).toBeVisible();
  await user.click(screen.getByLabelText('Fields'));
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(
    expect.arrayContaining(['Number', 'Last try', 'Number name'])
  );
  await user.keyboard('Last try');
  await user.click(await screen.findByRole('option', { name: 'Last try' }));
  await user.tab();
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(requested()).toMatchObject({
    query: { queryType: 'lostCallers', callBackHours: 4, timeZone: 'Europe/Berlin', filters: { agent: ['1001'] } },
    fields: ['lastTry'],
    intervalMs: 30_000,
  });
});

test('what is of this moment, or of one call, has no range', async () => {
  await open({ queryType: 'callsNow' });
  expect(await screen.findByText('1,234,567 rows')).toBeVisible();
});

test('shows how far the download is, and that it is done', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(screen.getByText('Starting…')).toBeVisible();
  progress = { state: 'queued', done: 0, total: 0, ahead: 3 };
  expect(await screen.findByText(/^Waiting for other exports: 3 start before yours/)).toBeInTheDocument();
  progress = { state: 'running', done: 500, total: 2_000 };
  await secondsPass(1);
  expect(screen.getByText(/500 of 2,000 rows/)).toBeVisible();
  expect(screen.getByRole('progressbar')).toHaveAttribute('value', '500');
  progress = { state: 'done', done: 2_000, total: 2_000 };
  await secondsPass(1);
  expect(screen.getByText('The file has all 2,000 rows.')).toBeVisible();
  const before = asked.length;
  await secondsPass(5);
  expect(asked.length).toBe(before);
});

test('shows that a download failed, and why, also after the server part was away for a while', async () => {
  const user = await open();
  answers['export-progress'] = () => Promise.reject(new Error('away'));
  await user.click(screen.getByRole('button', { name: 'Download' }));
  await secondsPass(2);
  answers['export-progress'] = () => Promise.resolve(progress);
  progress = { state: 'failed', done: 500, total: 2_000, reason: [verbatim('The store was closed')] };
  await secondsPass(1);
  expect(screen.getByText('The file is not complete: 500 of 2,000 rows.')).toBeVisible();
  expect(screen.getByText('The store was closed')).toBeVisible();
});

test('can be closed without stopping the download', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Download' }));
  await user.click(screen.getAllByRole('button', { name: 'Close' }).at(-1)!);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  const before = asked.length;
  await secondsPass(5);
  expect(asked.length).toBe(before);
});
