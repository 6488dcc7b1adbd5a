import { addDataSource, amiwsUrl, ask, openPanel, type } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(({ page }) => addDataSource(page));

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
  await expect(page.getByText(/Nothing listens there/).first()).toBeVisible();
});

test('calls arrive live in a table', async ({ page }) => {
  await openPanel(page, { type: 'table', query: { queryType: 'calls', live: true } });
  const firstRow = page.getByRole('row').nth(1);
  await expect(firstRow).toContainText(/inbound|outbound|internal/);
  const newest = await firstRow.innerText();
  await expect(firstRow).not.toHaveText(newest);
});

test('calls arrive live in a panel of today, which ends at midnight', async ({ page }) => {
  const query = { queryType: 'statistics', format: 'table', metrics: ['totalCalls'], live: true };
  await openPanel(page, { type: 'stat', query }, { dashboard: { time: { from: 'now/d', to: 'now/d' } } });
  const figure = page
    .getByTestId('data-testid Bar gauge value')
    .or(page.getByText(/^\d+(\.\d+ K)?$/))
    .first();
  await expect(figure).toBeVisible();
  const first = await figure.innerText();
  await expect(figure).not.toHaveText(first);
});

for (const metric of ['answerRate', 'abandonmentRate']) {
  test(`a panel shows the ${metric}`, async ({ page }) => {
    await openPanel(page, { type: 'stat', query: { queryType: 'statistics', format: 'table', metrics: [metric] } });
    await expect(page.getByText(/^\d{1,3}(\.\d)?%$/).first()).toBeVisible();
  });
}

test('the alert input is a numeric frame, and equals the store', async ({ page }) => {
  const figures = await ask(page, { queryType: 'statistics', metrics: ['totalCalls'] });
  expect(figures.schema.meta?.type).toBe('numeric-long');
  const calls = await ask(page, { queryType: 'calls', limit: 100_000 });
  expect(Math.abs(Number(figures.data.values[0]![0]) - calls.data.values[0]!.length)).toBeLessThan(50);
});
