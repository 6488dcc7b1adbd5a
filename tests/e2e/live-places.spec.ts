import type { Simulator } from '../../tools/simulator/start-simulator';
import { cdrFrame } from '../support/cdr-frame';
import { addDataSource, dataSource, explore, openPanel } from './cdr-source';
import { addCalls, addQuietPbx, newNumber } from './quiet-pbx';
import { expect, test } from './test';

const liveCalls = { queryType: 'calls', live: true };

test.describe('on a PBX on which nothing happens', () => {
  let simulator: Simulator;

  test.beforeEach(async ({ page }) => {
    simulator = await addQuietPbx(page);
  });
  test.afterEach(() => simulator.close());

  test('a live query shows its calls in a panel of -- Mixed --', async ({ page }) => {
    const number = newNumber();
    await addCalls(page, simulator, [{ Source: number }]);
    const mixed = { type: 'datasource', uid: '-- Mixed --' };
    await openPanel(page, { type: 'table', datasource: mixed, query: { datasource: dataSource, ...liveCalls } });
    await expect(page.getByText(number)).toBeVisible();
  });

  test('the button Live of Explore tails calls', async ({ page }) => {
    await explore(page, { queryType: 'calls', format: 'logs' });
    await page.getByTestId('data-testid explore-toolbar-live-button').click();
    await expect(page.getByRole('button', { name: 'Stop and exit the live stream' })).toBeVisible();
    const number = newNumber();
    await expect
      .poll(async () => {
        simulator.emit([cdrFrame({ Source: number })]);
        return page.getByText(number).count();
      })
      .toBeGreaterThan(0);
  });
});

test('the editor of alert rules offers no live updates', async ({ page }) => {
  await addDataSource(page);
  const model = { refId: 'A', datasource: dataSource, queryType: 'statistics', metrics: ['totalCalls'] };
  const asked = { refId: 'A', datasourceUid: dataSource.uid, queryType: '', relativeTimeRange: { from: 600, to: 0 } };
  const defaults = { type: 'grafana', queries: [{ ...asked, model }] };
  await page.goto(`/alerting/new/alerting?defaults=${encodeURIComponent(JSON.stringify(defaults))}`);
  await expect(page.getByRole('combobox', { name: 'Question' })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Live' })).toHaveCount(0);
  await openPanel(page, { type: 'stat', query: model }, { edit: true });
  await expect(page.getByRole('switch', { name: 'Live' })).toHaveCount(1);
});
