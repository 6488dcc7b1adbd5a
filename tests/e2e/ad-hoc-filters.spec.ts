import { addDataSource, dataSource, openPanel, panelUnderTest } from './cdr-source';
import { expect, test } from './test';

test.beforeEach(({ page }) => addDataSource(page));

const ofOnePbx = {
  type: 'adhoc',
  name: 'filters',
  datasource: dataSource,
  filters: [{ key: 'server', operator: '=', value: 'pbx-east' }],
};
const filtered = { dashboard: { templating: { list: [ofOnePbx] } } };

for (const [question, queryType] of [
  ['Queues now', 'queueStatus'],
  ['PBX status', 'servers'],
] as const) {
  test(`an ad hoc filter applies to ${question}`, async ({ page }) => {
    const panel = panelUnderTest(page);
    await openPanel(page, { type: 'table', query: { queryType } });
    await expect(panel.getByText('pbx-west').first()).toBeVisible();
    await openPanel(page, { type: 'table', query: { queryType } }, filtered);
    await expect(panel.getByText('pbx-east').first()).toBeVisible();
    await expect(panel.getByText('pbx-west')).toHaveCount(0);
  });
}
