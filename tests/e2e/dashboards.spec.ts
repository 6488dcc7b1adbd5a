import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { businessHours, directory } from '../../tools/simulator/staff';
import { addDataSource, dataSource, type } from './cdr-source';
import { expect, test } from './test';

interface Dashboard {
  uid: string;
  title: string;
  panels: Array<{ title: string }>;
}

const folder = path.join(__dirname, '../../src/dashboards');
const files = readdirSync(folder);
const dashboards = files.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Dashboard);

test.use({ viewport: { width: 1600, height: 3_600 } });

test.beforeEach(async ({ page }) => {
  test.slow();
  await addDataSource(page, { directory, businessHours });
  for (const [index, file] of files.entries()) {
    const found = await page.request.get(`/api/dashboards/uid/${dashboards[index]!.uid}`);
    // Where Grafana provisions them, they are there and can't be replaced.
    if (found.status() === 404) {
      const data = { pluginId: type, path: `dashboards/${file}`, inputs: [] };
      expect((await page.request.post('/api/dashboards/import', { data })).ok()).toBe(true);
    }
  }
});

async function open(page: Page, uid: string, query = ''): Promise<void> {
  await page.goto(`/d/${uid}?var-datasource=${dataSource.uid}&from=now-1h&to=now${query}`);
  await expect(page.getByTestId('data-testid Panel loading bar')).toHaveCount(0);
}

const panel = (page: Page, title: string) => page.getByTestId(`data-testid Panel header ${title}`);

for (const { uid, title, panels } of dashboards) {
  test(`the dashboard "${title}" shows the simulator's calls, and no error`, async ({ page }) => {
    await open(page, uid);
    for (const { title: name } of panels) {
      await expect(panel(page, name).first()).toBeVisible();
    }
    await expect(page.getByText(/pbx-(east|west)|trunk-acme/).first()).toBeVisible();
    await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
    await expect(page.getByText(/An unexpected error|Failed to (upgrade|load)/)).toHaveCount(0);
  });
}

test('a variable filters every panel, and those chained to it', async ({ page }) => {
  const queues = panel(page, 'Queues');
  await open(page, 'amiws-cdr-today');
  await expect(queues.getByText('pbx-east').first()).toBeVisible();
  await expect(queues.getByText('pbx-west').first()).toBeVisible();
  await open(page, 'amiws-cdr-today', '&var-server=pbx-east&var-queue=sales');
  await expect(queues.getByText('sales')).toHaveCount(1);
  await expect(queues.getByText('pbx-west')).toHaveCount(0);
  await expect(queues.getByText('support')).toHaveCount(0);
  const agents = page.getByTestId('data-testid Dashboard template variables submenu Label Agent').locator('..');
  await agents.getByRole('combobox').click();
  await expect(page.getByRole('option', { name: /\b\d{4}\b/ }).first()).toBeVisible();
  await open(page, 'amiws-cdr-today', '&var-server=pbx-nowhere');
  await agents.getByRole('combobox').click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('option', { name: /\b\d{4}\b/ })).toHaveCount(0);
});

test('a call leads to its legs', async ({ page }) => {
  await open(page, 'amiws-cdr-search');
  await expect(panel(page, 'Legs').getByText('PJSIP/')).toHaveCount(0);
  await panel(page, 'Calls')
    .getByRole('link', { name: /^\d{4}-\d\d-\d\d / })
    .first()
    .click();
  await expect(page).toHaveURL(/var-call=\d+\.\d+/);
  await expect(panel(page, 'Legs').getByText('PJSIP/').first()).toBeVisible();
});

test('a number finds the calls that it made or took', async ({ page }) => {
  await open(page, 'amiws-cdr-search', '&var-number=201');
  const rows = panel(page, 'Calls')
    .getByRole('row')
    .filter({ hasText: /inbound|outbound|internal/ });
  await expect(rows.first()).toBeVisible();
  expect((await rows.allTextContents()).filter((text) => !text.includes('201'))).toEqual([]);
});
