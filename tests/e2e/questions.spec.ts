import { questions } from '../../src/query/questions';
import { addDataSource, dataSource, dataSourceName, inspect, openPanel } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(({ page }) => addDataSource(page));

for (const { label } of questions) {
  test(`the question "${label}" is picked in the editor and answered`, async ({ page }) => {
    const before = label === 'Calls' ? 'records' : 'calls';
    await openPanel(page, { type: 'table', query: { queryType: before } }, { edit: true });
    const picker = page.getByRole('combobox', { name: 'Question' });
    await picker.fill(label);
    await page
      .getByRole('option', { name: new RegExp(`^${label}`) })
      .first()
      .click();
    await expect(picker).toHaveValue(label);
    await expect(page.getByTestId('data-testid Panel loading bar')).toHaveCount(0);
    await expect(page.getByRole('columnheader').or(page.getByText('No data')).first()).toBeVisible();
    await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
  });
}

test('calls show as lines of a log in Explore', async ({ page }) => {
  const query = { refId: 'A', datasource: dataSource, queryType: 'calls', format: 'logs' };
  const pane = { datasource: dataSource.uid, queries: [query], range: { from: 'now-1h', to: 'now' } };
  await page.goto(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`);
  await expect(page.getByText(dataSourceName).first()).toBeVisible();
  await expect(page.getByText(/(inbound|outbound|internal) .* → .* (answered|missed|abandoned)/).first()).toBeVisible();
});

test('the inspector shows the SQL of an answer', async ({ page }) => {
  await openPanel(page, { type: 'table', query: { queryType: 'statistics', metrics: ['totalCalls'] } });
  await inspect(page, 'Query');
  await page.getByRole('dialog').getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText(/SELECT .* FROM call f/).first()).toBeVisible();
});

test('bursts of missed calls are marked on the panels of a dashboard', async ({ page }) => {
  const target = { refId: 'Anno', queryType: 'annotations', annotationKinds: ['missedBurst'], burstCalls: 1 };
  const list = [{ name: 'Missed', enable: true, iconColor: 'red', datasource: dataSource, target }];
  const query = { queryType: 'statistics', metrics: ['totalCalls'], format: 'timeseries' };
  await openPanel(page, { type: 'timeseries', query }, { dashboard: { annotations: { list } } });
  // One of each PBX; the last lies on top.
  const marker = page.getByTestId('data-testid annotation-marker').last();
  // A stretch, and not a moment.
  await expect(marker).toHaveCSS('width', /^[1-9]\d*px$/);
  await marker.hover();
  await expect(
    page
      .getByTestId('annotation-marker')
      .getByText(/\d+ missed calls/)
      .first()
  ).toBeVisible();
});
