import { addDataSource, dataSourceName, openPanel, panelUnderTest } from './cdr-source';
import { expect, test } from './test';

test('a panel that showed another data source begins with a time series of calls', async ({ page }) => {
  await addDataSource(page);
  const random = { type: 'grafana', uid: 'grafana' };
  const query = { queryType: 'randomWalk' };
  await openPanel(page, { type: 'timeseries', datasource: random, query }, { edit: true });
  await expect(panelUnderTest(page).getByText('A-series')).toBeVisible();
  await page.getByTestId('data-testid Select a data source').fill(dataSourceName);
  // Tags are there if it is the default data source.
  await page.getByRole('button', { name: new RegExp(`^${dataSourceName} (Tags )?Asterisk CDR \\(amiws\\)$`) }).click();
  await expect(page.getByRole('combobox', { name: 'Question' })).toHaveValue('Calls over time');
  await expect(panelUnderTest(page).getByText('Total calls')).toBeVisible();
  await expect(panelUnderTest(page).getByText('A-series')).toHaveCount(0);
  await expect(page.getByText(/To show them, select the visualization/)).toHaveCount(0);
});
