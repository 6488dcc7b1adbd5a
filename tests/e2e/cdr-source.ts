import { expect } from '@grafana/plugin-e2e';
import type { APIRequestContext, Page } from '@playwright/test';

export const type = 'amiws-cdr-datasource';
const uid = 'amiws-cdr-e2e';
/** How panels name the data source under test. */
export const dataSource = { type, uid };
export const dataSourceName = 'Asterisk CDR e2e';
export const simulatorPort = Number(process.env.E2E_SIMULATOR_PORT ?? 8099);
export const amiwsUrl = `ws://127.0.0.1:${simulatorPort}`;

/** Makes the data source under test anew, with the simulator as its PBX, and waits until it is connected. */
export async function addDataSource({ request }: Page, jsonData: object = {}): Promise<void> {
  await request.delete(`/api/datasources/uid/${uid}`);
  const added = await request.post('/api/datasources', {
    data: { uid, name: dataSourceName, type, access: 'proxy', jsonData: { amiwsUrl, ...jsonData } },
  });
  expect(added.ok()).toBe(true);
  await waitUntilHealthy(request, uid);
}

/** Waits until a data source is connected and its store is open. */
export async function waitUntilHealthy(request: APIRequestContext, of: string): Promise<void> {
  // One that was there before may wait up to half a minute until it tries again.
  const health = async () => (await request.get(`/api/datasources/uid/${of}/health`)).json();
  await expect.poll(health, { timeout: 60_000 }).toMatchObject({ status: 'OK' });
}

const dashboardUid = 'amiws-cdr-e2e';
/** Where the dashboard of `openPanel` is. */
export const dashboardPath = `/d/${dashboardUid}`;
const expression = { type: '__expr__', uid: '__expr__' };

/** The panel that `openPanel` opens. */
export const panelUnderTest = (page: Page) => page.getByTestId('data-testid Panel header Under test');

export interface Panel {
  type: string;
  query: object;
  title?: string;
  /** The data source under test unless given. */
  datasource?: typeof dataSource;
  /** Grafana's expressions over the query, whose id is A. */
  expressions?: Array<{ refId: string; type: string; expression: string }>;
  /** A range of its own, such as `5m`: the panel's relative time. */
  timeFrom?: string;
}

interface Around {
  /** What else the dashboard has. */
  dashboard?: object;
  /** Opens the panel in its editor. */
  edit?: boolean;
}

/** Opens a dashboard of one panel. */
export async function openPanel(
  page: Page,
  { type, query, title = 'Under test', datasource = dataSource, timeFrom, expressions = [] }: Panel,
  { dashboard = {}, edit = false }: Around = {}
): Promise<void> {
  const panel = {
    id: 1,
    type,
    title,
    gridPos: { x: 0, y: 0, w: 24, h: 18 },
    datasource,
    timeFrom,
    targets: [{ refId: 'A', datasource, ...query }, ...expressions.map((one) => ({ datasource: expression, ...one }))],
  };
  const plain = { uid: dashboardUid, title: 'CDR e2e', time: { from: 'now-15m', to: 'now' }, panels: [panel] };
  const saved = await page.request.post('/api/dashboards/db', {
    data: { overwrite: true, dashboard: { ...plain, ...dashboard } },
  });
  expect(saved.ok()).toBe(true);
  await page.goto(`${dashboardPath}?${edit ? 'editPanel=1' : ''}`);
}

/** Opens the menu of the panel "Under test". */
export async function openMenu(page: Page): Promise<void> {
  await panelUnderTest(page).hover();
  await page.getByRole('button', { name: 'Menu for panel Under test' }).click();
}

/** Opens a tab of the inspector of the panel "Under test". */
export async function inspect(page: Page, tab: 'Data' | 'Query'): Promise<void> {
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Inspect' }).hover();
  await page.getByRole('menuitem', { name: tab, exact: true }).click();
}

/** Opens a query in Explore, over the last hour. */
export async function explore(page: Page, query: object): Promise<void> {
  const queries = [{ refId: 'A', datasource: dataSource, ...query }];
  const pane = { datasource: dataSource.uid, queries, range: { from: 'now-1h', to: 'now' } };
  await page.goto(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`);
  await expect(page.getByText(dataSourceName).first()).toBeVisible();
}

interface QueryFrame {
  schema: { fields: Array<{ name: string }>; meta?: Record<string, unknown> };
  data: { values: unknown[][] };
}

/** The first frame that the data source answers to a query over the last hour. */
export async function ask(page: Page, query: object): Promise<QueryFrame> {
  const answer = await page.request.post('/api/ds/query', {
    data: { from: 'now-1h', to: 'now', queries: [{ refId: 'A', datasource: dataSource, ...query }] },
  });
  expect(answer.ok()).toBe(true);
  const { results } = (await answer.json()) as { results: { A: { frames: QueryFrame[] } } };
  return results.A.frames[0]!;
}
