import type { Page } from '@playwright/test';
import type { Simulator } from '../../tools/simulator/start-simulator';
import { cdrFrame } from '../support/cdr-frame';
import { openPanel } from './cdr-source';
import { addQuietPbx, newNumber } from './quiet-pbx';
import { expect, test } from './test';

const dashboard = '/api/dashboards/uid/amiws-cdr-e2e/public-dashboards';
const number = newNumber();
const masked = `••••${number.slice(-4)}`;

let simulator: Simulator;

test.beforeEach(async ({ page }) => {
  simulator = await addQuietPbx(page, { maskNumbersFor: 'viewers' });
});
test.afterEach(async ({ page: { request } }) => {
  const found = await request.get(dashboard);
  if (found.ok()) {
    const { uid } = (await found.json()) as { uid: string };
    await request.delete(`${dashboard}/${uid}`);
  }
  await simulator.close();
});

/** Makes the dashboard under test public. Returns the token in its address. */
async function share({ request }: Page): Promise<string> {
  const shared = await request.post(dashboard, { data: { isEnabled: true, share: 'public' } });
  expect(shared.ok()).toBe(true);
  return ((await shared.json()) as { accessToken: string }).accessToken;
}

test('a visitor of a public dashboard sees masked numbers, and no sign of live updates', async ({
  page,
  browser,
  baseURL,
}) => {
  await openPanel(page, { type: 'table', query: { queryType: 'calls', live: true } });
  simulator.emit([cdrFrame({ Source: number, CallerID: `"Ann" <${number}>` })]);
  await expect(page.getByText(number)).toBeVisible();
  await expect(page.getByTestId('icon-circle-mono')).toBeVisible();
  const token = await share(page);

  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const visitor = await context.newPage();
  await visitor.goto(`/public-dashboards/${token}`);
  await expect(visitor.getByText(masked)).toHaveCount(1);
  await expect(visitor.getByText(number)).toHaveCount(0);
  await expect(visitor.getByTestId('icon-circle-mono')).toHaveCount(0);
  const panel = await context.request.post(`/api/public/dashboards/${token}/panels/1/query`, {
    data: { intervalMs: 1_000, maxDataPoints: 100 },
  });
  expect(await panel.text()).toContain(masked);
  expect(await panel.text()).not.toContain(number.slice(1));
  await context.close();
});
