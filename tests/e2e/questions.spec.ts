import { questions } from '../../src/query/questions';
import type { Page } from '@playwright/test';
import { addDataSource, ask, dataSource, explore, inspect, openPanel } from './cdr-source';
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

test('a journey asks for a linked ID, and shows the steps of the call that is entered', async ({ page }) => {
  let linkedId = '';
  await expect
    .poll(async () => (linkedId = await firstLinkedId(page)), { timeout: 60_000, message: 'a call is stored' })
    .not.toBe('');
  await openPanel(page, { type: 'table', query: { queryType: 'journey' } }, { edit: true });
  await expect(page.getByText('Enter a linked ID, or click a call in the question Calls.').first()).toBeVisible();
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Export…' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Linked ID' }).fill(linkedId);
  await page.getByRole('option', { name: linkedId }).first().click();
  await expect(page.getByText('began', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('Enter a linked ID, or click a call in the question Calls.')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Export…' })).toBeVisible();
});

async function firstLinkedId(page: Page): Promise<string> {
  const { schema, data } = await ask(page, { queryType: 'calls', limit: 1 });
  const place = schema.fields.findIndex(({ name }) => name === 'linkedId');
  return String(data.values[place]?.[0] ?? '');
}

test('calls show as lines of a log in Explore', async ({ page }) => {
  await explore(page, { queryType: 'calls', format: 'logs' });
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
