import { readFile } from 'node:fs/promises';
import { addDataSource, ask, inspect, openPanel } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(({ page }) => addDataSource(page));

test('the CSV of Inspect > Data has a line for each call of the store', async ({ page }) => {
  // The simulator has just begun: a few calls must have ended, and the range ends before those to come.
  await page.waitForTimeout(8_000);
  const to = Date.now() - 2_000;
  const from = to - 600_000;
  const time = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  await openPanel(page, { type: 'table', query: { queryType: 'calls', limit: 100_000 } }, { dashboard: { time } });
  await expect(page.getByRole('columnheader').first()).toBeVisible();
  await inspect(page, 'Data');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Download CSV/ }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const lines = csv.trim().split(/\r?\n/);
  expect(lines[0]).toContain('Start time');
  const { data, schema } = await ask(page, { queryType: 'calls', limit: 100_000 });
  const starts = data.values[schema.fields.findIndex(({ name }) => name === 'startTime')] as number[];
  const inRange = starts.filter((start) => start >= from && start < to);
  expect(inRange.length).toBeGreaterThan(0);
  // A call may have ended between the panel's answer and this one.
  expect(Math.abs(lines.length - 1 - inRange.length)).toBeLessThan(20);
});
