import { expect, test } from '@grafana/plugin-e2e';
import type { Page } from '@playwright/test';

const type = 'amiws-cdr-datasource';
const uid = 'amiws-cdr-e2e';
const dataSource = { type, uid };
const amiwsUrl = 'ws://127.0.0.1:8099';

test.beforeAll(async ({ playwright, baseURL, storageState }) => {
  const api = await playwright.request.newContext({ baseURL, storageState });
  await api.delete(`/api/datasources/uid/${uid}`);
  const added = await api.post('/api/datasources', {
    data: { uid, name: 'Asterisk CDR e2e', type, access: 'proxy', jsonData: { amiwsUrl } },
  });
  expect(added.ok()).toBe(true);
  await api.get(`/api/datasources/uid/${uid}/health`);
});

test('a data source is added and tested', async ({ createDataSourceConfigPage, page }) => {
  const configPage = await createDataSourceConfigPage({ type });
  await page.getByRole('textbox', { name: /amiws address/ }).fill(amiwsUrl);
  await page.getByRole('textbox', { name: /amiws address/ }).blur();
  await expect(configPage.saveAndTest()).toBeOK();
  await expect(page.getByText(/Connected to amiws since/)).toBeVisible();
});

test('a wrong address is told in words', async ({ createDataSourceConfigPage, page }) => {
  const configPage = await createDataSourceConfigPage({ type });
  await page.getByRole('textbox', { name: /amiws address/ }).fill('ws://127.0.0.1:9');
  await page.getByRole('textbox', { name: /amiws address/ }).blur();
  await expect(configPage.saveAndTest()).not.toBeOK();
  await expect(page.getByText(/Nothing listens there/)).toBeVisible();
});

/** A dashboard of one panel with one query. */
async function openPanel(page: Page, panelType: string, query: object): Promise<void> {
  const panel = {
    id: 1,
    type: panelType,
    title: 'Under test',
    gridPos: { x: 0, y: 0, w: 24, h: 18 },
    datasource: dataSource,
    targets: [{ refId: 'A', datasource: dataSource, ...query }],
  };
  const saved = await page.request.post('/api/dashboards/db', {
    data: {
      overwrite: true,
      dashboard: { uid: 'amiws-cdr-e2e', title: 'CDR e2e', time: { from: 'now-15m', to: 'now' }, panels: [panel] },
    },
  });
  expect(saved.ok()).toBe(true);
  await page.goto('/d/amiws-cdr-e2e?kiosk');
}

test('calls arrive live in a table', async ({ page }) => {
  await openPanel(page, 'table', { queryType: 'calls', live: true });
  const firstRow = page.getByRole('row').nth(1);
  await expect(firstRow).toContainText(/inbound|outbound|internal/);
  const newest = await firstRow.innerText();
  await expect(firstRow).not.toHaveText(newest);
});

for (const metric of ['answerRate', 'abandonmentRate']) {
  test(`a panel shows the ${metric}`, async ({ page }) => {
    await openPanel(page, 'stat', { queryType: 'statistics', format: 'table', metrics: [metric] });
    await expect(page.getByText(/^\d{1,3}\.\d%?$/).first()).toBeVisible();
  });
}

test('the alert input is a numeric frame, and equals the store', async ({ page }) => {
  const ask = async (query: object) => {
    const answer = await page.request.post('/api/ds/query', {
      data: { from: 'now-1h', to: 'now', queries: [{ refId: 'A', datasource: dataSource, ...query }] },
    });
    return (await answer.json()).results.A.frames[0];
  };
  const figures = await ask({ queryType: 'statistics', metrics: ['totalCalls'] });
  expect(figures.schema.meta.type).toBe('numeric-long');
  const calls = await ask({ queryType: 'calls', limit: 100_000 });
  expect(Math.abs(figures.data.values[0][0] - calls.data.values[0].length)).toBeLessThan(50);
});
