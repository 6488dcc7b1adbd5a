import { addDataSource, openMenu, openPanel, dataSource, panelUnderTest } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(({ page }) => addDataSource(page));

/** A dashboard with an ad hoc filter. */
const filteredBy = (key: string, value: string) => {
  const filters = [{ key, operator: '=', value }];
  return { dashboard: { templating: { list: [{ type: 'adhoc', name: 'filters', datasource: dataSource, filters }] } } };
};

for (const [question, queryType] of [
  ['Queues now', 'queueStatus'],
  ['PBX status', 'servers'],
] as const) {
  test(`an ad hoc filter applies to ${question}`, async ({ page }) => {
    const panel = panelUnderTest(page);
    await openPanel(page, { type: 'table', query: { queryType } });
    await expect(panel.getByText('pbx-west').first()).toBeVisible();
    await openPanel(page, { type: 'table', query: { queryType } }, filteredBy('server', 'pbx-east'));
    await expect(panel.getByText('pbx-east').first()).toBeVisible();
    await expect(panel.getByText('pbx-west')).toHaveCount(0);
  });
}

test('an ad hoc filter narrows what the query asks for, and can be removed in Explore', async ({ page }) => {
  const others = page.getByText(/^(abandoned|missed|self-served)$/);
  await openPanel(
    page,
    { type: 'table', query: { queryType: 'calls', filters: { direction: ['inbound'] } } },
    filteredBy('outcome', 'answered')
  );
  await expect(panelUnderTest(page).getByText('answered', { exact: true }).first()).toBeVisible();
  await expect(panelUnderTest(page).getByText(/^(outbound|internal)$/)).toHaveCount(0);
  await expect(others).toHaveCount(0);
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Explore' }).click();
  await expect(page).toHaveURL(/\/explore.*conditions/);
  await page.getByRole('button', { name: 'Remove filter Outcome = answered' }).click();
  await expect(others.first()).toBeVisible();
  await expect(page.getByText(/^(outbound|internal)$/)).toHaveCount(0);
});
