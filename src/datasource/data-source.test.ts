import {
  CoreApp,
  dateTime,
  hasSupplementaryQuerySupport,
  LiveChannelConnectionState,
  LiveChannelEventType,
  LoadingState,
  LogRowContextQueryDirection,
  SupplementaryQueryType,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type LiveChannelAddress,
  type LogRowModel,
  type TimeRange,
} from '@grafana/data';
import {
  config,
  setBackendSrv,
  setGrafanaLiveSrv,
  setTemplateSrv,
  type BackendSrv,
  type BackendSrvRequest,
  type GrafanaLiveSrv,
  type TemplateSrv,
} from '@grafana/runtime';
import { firstValueFrom, lastValueFrom, of, takeUntil, timer, toArray } from 'rxjs';
import { openBrowserSource } from '../browser-mode/open-browser-source';
import { annotationsAnswer } from '../answers/annotations-answer';
import type { CdrQuery } from '../query/model';
import { CdrDataSource } from './data-source';
import type { PanelQuery, SettingsJson } from './panel-query';

jest.mock('../browser-mode/open-browser-source');

const to = 1_700_000_000_000;
const suggested = [
  { value: 'sales', text: 'Sales desk (sales)' },
  { value: 'support', text: 'support' },
];
const sent: BackendSrvRequest[] = [];
const subscribed: LiveChannelAddress[] = [];

beforeEach(() => {
  sent.length = 0;
  subscribed.length = 0;
  config.publicDashboardAccessToken = undefined;
  setBackendSrv({
    fetch: (request: BackendSrvRequest) => {
      sent.push(request);
      const queries: PanelQuery[] = request.data?.queries ?? [];
      const frame = { schema: { fields: [{ name: 'linkedId', type: 'string' }] }, data: { values: [['1']] } };
      const results = Object.fromEntries(queries.map(({ refId }) => [refId, { frames: [frame] }]));
      const resource = request.url.endsWith('live-kind') ? { kind: 'full-1-2-' } : suggested;
      return of({ data: request.url.includes('/resources/') ? resource : { results } });
    },
  } as unknown as BackendSrv);
  setTemplateSrv({
    replace: (text: string, _scopedVars: unknown, format = String) =>
      text.replace('$nothing', '').replace('$queue', format('sales')),
  } as unknown as TemplateSrv);
  setGrafanaLiveSrv({
    getStream: (address: LiveChannelAddress) => {
      subscribed.push(address);
      return of({
        type: LiveChannelEventType.Status,
        state: LiveChannelConnectionState.Connected,
        id: '',
        timestamp: 0,
      });
    },
  } as unknown as GrafanaLiveSrv);
});

function dataSource(jsonData: SettingsJson = {}): CdrDataSource {
  return new CdrDataSource({
    uid: 'uid1',
    type: 'amiws-cdr-datasource',
    name: 'PBX',
    jsonData,
  } as DataSourceInstanceSettings<SettingsJson>);
}

function request(targets: PanelQuery[], until: TimeRange['raw']['to'] = 'now'): DataQueryRequest<PanelQuery> {
  const range = { from: dateTime(to - 3_600_000), to: dateTime(to) };
  return {
    requestId: 'Q1',
    panelId: 1,
    app: 'dashboard',
    interval: '1m',
    intervalMs: 60_000,
    maxDataPoints: 500,
    range: { ...range, raw: { from: 'now-1h', to: until } },
    scopedVars: {},
    startTime: to,
    timezone: 'Europe/Paris',
    targets,
  };
}

function ask(...args: Parameters<typeof request>): Promise<DataQueryResponse[]> {
  return answersTo(request(...args));
}

function answersTo(asked: DataQueryRequest<PanelQuery>): Promise<DataQueryResponse[]> {
  return firstValueFrom(
    dataSource()
      .query(asked)
      // A live answer goes on for as long as the panel.
      .pipe(takeUntil(timer(300)), toArray())
  );
}

const sentQueries = () => sent.map(({ data }) => data.queries as PanelQuery[]);

test('queries reach the server part with variables and the zone of the dashboard put in', async () => {
  await ask([{ refId: 'A', queryType: 'calls', timeZone: 'dashboard', filters: { queue: ['$queue'] } }]);
  expect(sentQueries()).toEqual([
    [expect.objectContaining({ timeZone: 'Europe/Paris', filters: { queue: ['sales'] } })],
  ]);
  expect(subscribed).toEqual([]);
});

test('a live query subscribes to a channel named by its data', async () => {
  await ask([{ refId: 'A', queryType: 'calls', live: true, timeZone: 'dashboard', filters: { queue: ['$queue'] } }]);
  expect(subscribed).toEqual([
    {
      scope: 'ds',
      stream: 'uid1',
      path: expect.stringMatching(/^live\/[0-9a-f]{16}$/),
      data: {
        query: expect.objectContaining({
          queryType: 'calls',
          limit: 1000,
          timeZone: 'Europe/Paris',
          filters: { queue: ['sales'] },
        }),
        start: { rangeMs: 3_600_000 },
        intervalMs: 60_000,
      },
    },
  ]);
});

test('a public dashboard asks a panel once, and shows what it gets as what stands still', async () => {
  config.publicDashboardAccessToken = 'token';
  const answers = await ask([
    { refId: 'A', queryType: 'calls', live: true },
    { refId: 'B', queryType: 'calls', live: true },
  ]);
  expect(sent.map(({ url }) => url)).toEqual(['/api/public/dashboards/token/panels/1/query']);
  expect(subscribed).toEqual([]);
  expect(answers.map(({ state }) => state)).not.toContain(LoadingState.Streaming);
});

test('a panel of the Mixed data source, which waits for the end of an answer, gets one, and says that it stands still', async () => {
  const targets: PanelQuery[] = [
    { refId: 'A', queryType: 'calls', live: true },
    { refId: 'B', queryType: 'calls' },
  ];
  const answers = dataSource().query({ ...request(targets), requestId: 'mixed-0-Q1' });
  const last = await lastValueFrom(answers);
  expect(subscribed).toEqual([]);
  const notices = last.data.map((frame: DataFrame) => frame.meta?.notices?.map(({ text }) => text) ?? []);
  expect(notices).toEqual([[expect.stringContaining('-- Mixed --')], []]);
});

test('the editor of alert rules asks once', async () => {
  await answersTo({ ...request([{ refId: 'A', queryType: 'callsNow', live: true }]), app: CoreApp.UnifiedAlerting });
  expect(subscribed).toEqual([]);
  expect(sentQueries()).toHaveLength(1);
});

test('the Live button of Explore tails calls and records as lines of a log, whatever their query says', async () => {
  const targets: PanelQuery[] = [
    { refId: 'A', queryType: 'calls', format: 'table' },
    { refId: 'B' },
    { refId: 'C', queryType: 'callsNow' },
  ];
  await answersTo({ ...request(targets), app: CoreApp.Explore, liveStreaming: true });
  const queries = subscribed.map(({ data }) => (data as { query: CdrQuery }).query);
  expect(queries.map(({ queryType, format }) => `${queryType} ${format}`)).toEqual([
    'calls logs',
    'calls logs',
    'callsNow table',
  ]);
  subscribed.length = 0;
  await answersTo({ ...request(targets.slice(0, 1), 'now-1h'), app: CoreApp.Explore, liveStreaming: true });
  expect(subscribed.map(({ data }) => (data as { start: object }).start)).toEqual([{ rangeMs: 300_000 }]);
});

test('beside an expression, and on its way to Explore, a query has the zone of the dashboard put in as well', () => {
  setTemplateSrv({ replace: (text: string) => text.replace('${__timezone}', 'Asia/Tokyo') } as unknown as TemplateSrv);
  const query: PanelQuery = { refId: 'A', queryType: 'statistics', timeZone: 'dashboard' };
  expect(dataSource().interpolateVariablesInQueries([query], {})[0]!.timeZone).toBe('Asia/Tokyo');
  setTemplateSrv({ replace: (text: string) => text } as unknown as TemplateSrv);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  expect(dataSource().interpolateVariablesInQueries([query], {})[0]!.timeZone).toBe(timeZone);
});

test('where numbers are masked for somebody, the server part says which channel the user may see now', async () => {
  const live = request([{ refId: 'A', queryType: 'calls', live: true }]);
  const answers = dataSource({ maskNumbersFor: 'viewers' }).query(live);
  await firstValueFrom(answers);
  expect(subscribed.map(({ path }) => path)).toEqual([expect.stringMatching(/^live\/full-1-2-[0-9a-f]{16}$/)]);
});

test('two panels that ask the same share a channel, whatever their refId', async () => {
  await ask([
    { refId: 'A', queryType: 'calls', live: true },
    { refId: 'B', queryType: 'calls', live: true },
    { refId: 'C', queryType: 'records', live: true },
  ]);
  const paths = subscribed.map(({ path }) => path);
  expect(paths[0]).toBe(paths[1]);
  expect(paths[2]).not.toBe(paths[0]);
});

test('live and other queries of one panel are asked apart, under ids that do not cancel each other', async () => {
  const responses = await ask([
    { refId: 'A', queryType: 'calls', live: true },
    { refId: 'B', queryType: 'records' },
    { refId: 'C', queryType: 'records', live: true },
  ]);
  const refIds = sentQueries().map((queries) => queries.map(({ refId }) => refId));
  expect(refIds).toEqual([['B'], ['A'], ['C']]);
  expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(3);
  const live = responses.filter(({ state }) => state === LoadingState.Streaming);
  expect(live.map(({ key }) => key)).toEqual(['live-A', 'live-C']);
});

test.each<[string, PanelQuery, TimeRange['raw']['to']]>([
  ['the range does not end now', { refId: 'A', queryType: 'calls', live: true }, 'now-1h'],
  ['rows are left out at the start', { refId: 'A', queryType: 'calls', live: true, offset: 100 }, 'now'],
  ['the query is not valid', { refId: 'A', queryType: 'calls', interval: '1 fortnight', live: true }, 'now'],
])('no channel is opened where %s', async (_why, query, until) => {
  await ask([query], until);
  expect(subscribed).toEqual([]);
  expect(sentQueries()).toHaveLength(1);
});

test('hidden queries and statistics without a figure are not sent', () => {
  const { filterQuery } = CdrDataSource.prototype;
  expect(filterQuery({ refId: 'A', queryType: 'calls' })).toBe(true);
  expect(filterQuery({ refId: 'A', queryType: 'calls', hide: true })).toBe(false);
  expect(filterQuery({ refId: 'A', queryType: 'statistics' })).toBe(true);
  expect(filterQuery({ refId: 'A', queryType: 'statistics', metrics: [] })).toBe(false);
});

test('what is of no call is not asked, until the variable of its id has a value', async () => {
  const filters = { linkedId: ['-', '$nothing'] };
  const [answer] = await ask([{ refId: 'A', queryType: 'journey', filters }]);
  expect([answer!.data, sent]).toEqual([[], []]);
  await ask([{ refId: 'A', queryType: 'journey', filters: { linkedId: ['-', '$queue'] } }]);
  expect(sentQueries()[0]![0]!.filters).toEqual({ linkedId: ['-', 'sales'] });
});

test('suggestions are asked for with the other filters, variables put in', async () => {
  await expect(dataSource().suggest('agent', { queue: ['$queue'] })).resolves.toEqual(suggested);
  expect(sent[0]).toMatchObject({
    url: '/api/datasources/uid/uid1/resources/suggestions',
    method: 'POST',
    headers: expect.objectContaining({ 'Content-Type': 'application/x-www-form-urlencoded' }),
    data: { field: 'agent', filters: '{"queue":["sales"]}' },
  });
});

test('a new query asks for calls in Explore, and for time series in panels and alert rules, which draw them', () => {
  expect(dataSource().getDefaultQuery(CoreApp.Explore)).toEqual({ queryType: 'calls' });
  for (const app of [CoreApp.PanelEditor, CoreApp.Dashboard, CoreApp.UnifiedAlerting, undefined]) {
    expect(dataSource().getDefaultQuery(app)).toMatchObject({ queryType: 'statistics', format: 'timeseries' });
  }
});

test('frames are named by what they show, variables put in', async () => {
  const answers = await ask([
    { refId: 'A', queryType: 'calls', filters: { queue: ['$queue'] } },
    { refId: 'B', queryType: 'records' },
  ]);
  const names = answers.flatMap(({ data }) => data as DataFrame[]).map(({ refId, name }) => [refId, name]);
  expect(names).toEqual([
    ['A', 'Calls (Queue: sales)'],
    ['B', 'Call records'],
  ]);
});

test('Explore gets a histogram of the whole range beside a log, and what surrounds a line', async () => {
  const source = dataSource();
  const { LogsVolume } = SupplementaryQueryType;
  expect(hasSupplementaryQuerySupport(source as unknown as DataSourceApi, LogsVolume)).toBe(true);
  const asked = request([
    { refId: 'A', queryType: 'calls', format: 'logs' },
    { refId: 'B', queryType: 'calls' },
  ]);
  expect(source.getSupplementaryRequest(LogsVolume, asked)!.targets).toMatchObject([{ refId: 'log-volume-A' }]);
  expect(source.getSupplementaryRequest(LogsVolume, request([{ refId: 'B', queryType: 'calls' }]))).toBeUndefined();
  const row = { uid: 'u', labels: { server: 'pbx-east' }, timeEpochMs: to } as unknown as LogRowModel;
  await source.getLogRowContext(row, { direction: LogRowContextQueryDirection.Backward, limit: 3 });
  expect(sentQueries()[0]).toMatchObject([{ format: 'logs', limit: 3, filters: { server: ['pbx-east'] } }]);
});

test('a label of a line filters for and out of the query', () => {
  const source = dataSource();
  const options = { key: 'queue', value: 'sales' };
  const toggled = source.toggleQueryFilter({ refId: 'A' }, { type: 'FILTER_FOR', options });
  expect(toggled.filters).toEqual({ conditions: [{ field: 'queue', operator: '=', values: ['sales'] }] });
  expect(source.queryHasFilter(toggled, options)).toBe(true);
  expect(source.queryHasFilter({ refId: 'A' }, options)).toBe(false);
});

test('every answer has its times in whole seconds, and that of a histogram a frame for each level', async () => {
  const shown = (type: string) => ({ meta: { preferredVisualisationType: type } });
  const time = { name: 'time', type: 'time' };
  const outcome = (value: string) => ({ name: 'totalCalls', type: 'number', labels: { outcome: value } });
  const frames = {
    A: { schema: { ...shown('table'), fields: [time] }, data: { values: [[1]] } },
    'log-volume-B': {
      schema: { ...shown('graph'), fields: [time, outcome('answered'), outcome('missed')] },
      data: { values: [[1], [2], [3]] },
    },
  };
  const results = Object.fromEntries(Object.entries(frames).map(([refId, frame]) => [refId, { frames: [frame] }]));
  setBackendSrv({ fetch: () => of({ data: { results } }) } as unknown as BackendSrv);
  const [{ data }] = (await ask([{ refId: 'A' }, { refId: 'log-volume-B' }])) as [{ data: DataFrame[] }];
  expect(data.map(({ name, fields }) => [name, fields[0]!.config.unit])).toEqual([
    ['Calls', expect.stringMatching(/^time:.*ss$/)],
    ['info', undefined],
    ['warning', undefined],
  ]);
});

test('ad hoc filters of the dashboard go with every query', async () => {
  const filters = [
    { key: 'queue', operator: '=|', value: 'sales', values: ['sales', 'support'] },
    { key: 'agent', operator: '!=', value: '1001' },
  ];
  const response = dataSource().query({ ...request([{ refId: 'A', queryType: 'calls' }]), filters });
  await firstValueFrom(response.pipe(toArray()));
  expect(sentQueries()[0]![0]!.filters).toEqual({
    conditions: [
      { field: 'queue', operator: '=', values: ['sales', 'support'] },
      { field: 'agent', operator: '!=', values: ['1001'] },
    ],
  });
});

test('ad hoc filters hold besides the conditions of the query itself', () => {
  const own = { field: 'queue', operator: '=', values: ['sales'] } as const;
  const filters = { conditions: [{ ...own, values: ['sales'] }], agent: ['1001'] };
  const adHoc = [{ key: 'server', operator: '!=', value: 'pbx-west' }];
  expect(dataSource().applyTemplateVariables({ refId: 'A', filters }, {}, adHoc).filters).toEqual({
    agent: ['1001'],
    conditions: [own, { field: 'server', operator: '!=', values: ['pbx-west'] }],
  });
});

test('ad hoc filters know the fields, custom ones too, and suggest values that the others let through', async () => {
  const keys = await dataSource().getTagKeys();
  expect(keys).toContainEqual({ value: 'queue', text: 'Queue' });
  expect(keys).toContainEqual({ value: 'custom.sales', text: 'sales' });
  const fields = keys.map(({ value }) => value);
  expect(fields).toEqual(
    expect.arrayContaining(['dayOfWeek', 'timeOfDay', 'businessHours', 'waitTime', 'ringTime', 'talkTime'])
  );
  sent.length = 0;
  const filters = [{ key: 'server', operator: '=', value: 'pbx-east' }];
  const { range: timeRange } = request([]);
  expect(await dataSource().getTagValues({ key: 'queue', filters, timeRange })).toEqual(suggested);
  expect(sent[0]!.data).toEqual({
    field: 'queue',
    filters: '{"conditions":[{"field":"server","operator":"=","values":["pbx-east"]}]}',
    from: String(to - 3_600_000),
    to: String(to),
  });
});

test('an annotation asks for gaps and restarts unless told otherwise', () => {
  const { getDefaultQuery, prepareAnnotation } = dataSource().annotations;
  expect(getDefaultQuery!()).toEqual({ queryType: 'annotations' });
  // Grafana looks for the titles of the columns.
  const { fields } = annotationsAnswer([]);
  const ended = fields.find(({ name }) => name === 'timeEnd')!;
  const mappings = { title: { value: 'Kind' } };
  expect(prepareAnnotation!({ name: 'Gaps', mappings }).mappings).toEqual({
    ...mappings,
    timeEnd: { source: 'field', value: ended.config.displayNameFromDS },
  });
});

test('in browser-only mode the page answers by itself: one source for all, variables put in, live where now is the end', async () => {
  const browser = {
    query: jest.fn(() => of({ data: [] })),
    suggest: jest.fn(async () => suggested),
    test: jest.fn(async () => ({ status: 'success', message: 'hears pbx-east' })),
  };
  jest.mocked(openBrowserSource).mockResolvedValue(browser as never);
  const source = new CdrDataSource({ uid: 'uid1', name: 'PBX', jsonData: { mode: 'browser' } } as never);
  const targets: PanelQuery[] = [
    { refId: 'A', queryType: 'calls', live: true, timeZone: 'dashboard', filters: { queue: ['$queue'] } },
    { refId: 'B', queryType: 'calls' },
    { refId: 'C', queryType: 'calls', hide: true },
  ];
  await firstValueFrom(source.query(request(targets)));
  await firstValueFrom(source.query(request(targets, 'now-1h')));
  const range = { from: to - 3_600_000, to, intervalMs: 60_000 };
  const json = expect.objectContaining({ timeZone: 'Europe/Paris', filters: { queue: ['sales'] } });
  const b = { refId: 'B', json: expect.anything(), range, live: null };
  expect(browser.query.mock.calls).toEqual([
    [[{ refId: 'A', json, range, live: { rangeMs: 3_600_000 } }, b]],
    [[{ refId: 'A', json, range, live: null }, b]],
  ]);
  expect(await source.suggest('queue', { queue: ['$queue'] })).toEqual(suggested);
  expect(browser.suggest).toHaveBeenCalledWith('queue', { queue: ['sales'] }, null);
  expect(openBrowserSource).toHaveBeenCalledTimes(1);
  expect(sent).toEqual([]);
  expect(await source.testDatasource()).toMatchObject({ message: 'hears pbx-east' });
});
