import { addDataSource, openPanel } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(({ page }) => addDataSource(page));

const dayMs = 86_400_000;

test('an export is of the relative time of its panel, and not of the dashboard', async ({ page }) => {
  const time = { from: 'now-6h', to: 'now' };
  await openPanel(
    page,
    { type: 'table', query: { queryType: 'calls' }, timeFrom: '5m' },
    { edit: true, dashboard: { time } }
  );
  await expect(page.getByRole('columnheader').first()).toBeVisible();
  const asked = page.waitForRequest(/\/resources\/export-count/);
  await page.getByRole('button', { name: 'Export…' }).click();
  const { from, to } = (await asked).postDataJSON() as Record<'from' | 'to', string>;
  expect(Math.round((Number(to) - Number(from)) / 60_000)).toBe(5);
  await expect(page.getByText(/^\d[\d.,]* rows from /)).toBeVisible();
});

test('an expression is of the days of the dashboard', async ({ page }) => {
  const query = {
    queryType: 'statistics',
    metrics: ['totalCalls'],
    format: 'timeseries',
    interval: '1d',
    timeZone: 'dashboard',
  };
  const expressions = [{ refId: 'B', type: 'math', expression: '$A * 2' }];
  const dashboard = { time: { from: 'now-2d', to: 'now' }, timezone: 'Asia/Tokyo' };
  const answered = page.waitForResponse(/\/api\/ds\/query/);
  await openPanel(page, { type: 'timeseries', query, expressions }, { dashboard });
  const { results } = (await (await answered).json()) as { results: Record<string, { frames: Frame[] }> };
  const times = results.B!.frames[0]!.data.values[0]!;
  expect(times.length).toBeGreaterThan(0);
  // The PBXes are in America: midnight in Tokyo is at 15:00 UTC.
  expect(new Set(times.map((time) => (time % dayMs) / 3_600_000))).toEqual(new Set([15]));
});

interface Frame {
  data: { values: number[][] };
}
