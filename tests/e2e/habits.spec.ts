import { addDataSource, explore, openPanel } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(async ({ page }) => {
  test.slow();
  await addDataSource(page);
});

const line = /(inbound|outbound|internal) .* → .* (answered|missed|abandoned)/;

test('a log in Explore has a histogram of its whole range, and filters by the labels of a line', async ({ page }) => {
  await explore(page, { queryType: 'calls', format: 'logs', limit: 5 });
  await expect(page.getByText('Logs volume').first()).toBeVisible();
  await expect(page.getByText(/This datasource does not support full-range histograms/)).toHaveCount(0);
  await page.getByText(line).first().click();
  await page
    .getByRole('button', { name: /^Filter for value/ })
    .first()
    .click();
  await expect(page).toHaveURL(/conditions/);
  await expect(page.getByText(line).first()).toBeVisible();
});

test('an empty group reads (none) in a table, and each outcome is a slice of a pie', async ({ page }) => {
  await openPanel(page, {
    type: 'table',
    query: { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['queue'], format: 'table' },
  });
  await expect(page.getByText('(none)').first()).toBeVisible();
  await openPanel(page, {
    type: 'piechart',
    query: { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['outcome'], format: 'timeseries' },
  });
  await expect(page.getByTestId('data testid Pie Chart Slice').nth(1)).toBeVisible();
});

test('a legend names the series of each queue', async ({ page }) => {
  await openPanel(page, {
    type: 'timeseries',
    query: {
      queryType: 'statistics',
      metrics: ['callsOffered'],
      groupBy: ['queue'],
      format: 'timeseries',
      legend: '{{figure}} to {{queue}}',
    },
  });
  await expect(page.getByText('Calls offered to sales').first()).toBeVisible();
});

test('a panel with calls as a graph says in its editor that a table shows them', async ({ page }) => {
  await openPanel(page, { type: 'timeseries', query: { queryType: 'calls' } }, { edit: true });
  await expect(page.getByText('To show them, select the visualization Table.')).toBeVisible();
});
