import type { Page } from '@playwright/test';
import type { Simulator } from '../../tools/simulator/start-simulator';
import { cdrFrame } from '../support/cdr-frame';
import { dataSource, openPanel, panelUnderTest } from './cdr-source';
import { addQuietPbx, newNumber } from './quiet-pbx';
import { expect, test } from './test';

let simulator: Simulator;

test.beforeEach(async ({ page }) => {
  simulator = await addQuietPbx(page);
});
test.afterEach(() => simulator.close());

const liveCalls = { type: 'table', query: { queryType: 'calls', live: true } };

async function save({ request }: Page, change: object): Promise<void> {
  const url = `/api/datasources/uid/${dataSource.uid}`;
  const saved = (await (await request.get(url)).json()) as { jsonData: object };
  const data = { ...saved, jsonData: { ...saved.jsonData, ...change } };
  expect((await request.put(url, { data })).ok()).toBe(true);
}

test('a figure of the last half minute falls to 0 though nothing happens', async ({ page }) => {
  const query = { queryType: 'statistics', format: 'table', metrics: ['totalCalls'], live: true };
  await openPanel(page, { type: 'stat', query }, { dashboard: { time: { from: 'now-30s', to: 'now' } } });
  const figure = (text: string) => panelUnderTest(page).getByText(text, { exact: true });
  await expect(figure('0')).toBeVisible({ timeout: 60_000 });
  simulator.emit([cdrFrame()]);
  await expect(figure('1')).toBeVisible();
  await expect(figure('0')).toBeVisible({ timeout: 60_000 });
});

for (const [what, change] of [
  ['figures are made of', () => ({ serviceLevelSeconds: 30 })],
  ['is connected to', () => ({ amiwsUrl: simulator.url.replace('127.0.0.1', 'localhost') })],
] as const) {
  test(`a live table goes on when what ${what} is changed`, async ({ page }) => {
    const [before, after] = [newNumber(), newNumber()];
    await openPanel(page, liveCalls);
    simulator.emit([cdrFrame({ Source: before })]);
    await expect(page.getByText(before)).toBeVisible();
    await save(page, change());
    await expect
      .poll(async () => {
        simulator.emit([cdrFrame({ Source: after })]);
        return page.getByText(after).count();
      })
      .toBeGreaterThan(0);
    await expect(page.getByText(before)).toBeVisible();
  });
}
