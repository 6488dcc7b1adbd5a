import type { Simulator } from '../../tools/simulator/start-simulator';
import { dataSource, waitUntilHealthy, type } from './cdr-source';
import { addQuietPbx } from './quiet-pbx';
import { expect, test } from './test';

const deleted = 'Asterisk CDR e2e deleted';
const uid = 'amiws-cdr-e2e-deleted';

let simulator: Simulator;

test.beforeEach(async ({ page }) => {
  simulator = await addQuietPbx(page);
  const { request } = page;
  const jsonData = { amiwsUrl: simulator.url };
  await request.post('/api/datasources', { data: { uid, name: deleted, type, access: 'proxy', jsonData } });
  await waitUntilHealthy(request, uid);
  await request.delete(`/api/datasources/uid/${uid}`);
});
test.afterEach(() => simulator.close());

test('a data source deleted in Grafana listens on, until it is stopped and its calls are deleted', async ({ page }) => {
  await page.goto(`/connections/datasources/edit/${dataSource.uid}`);
  const row = page.getByRole('listitem', { name: deleted });
  await expect(row).toContainText('Deleted in Grafana, still listens');
  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText("Deleted in Grafana, doesn't listen");
  await row.getByRole('button', { name: 'Delete stored calls' }).click();
  await page.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByText('The request failed')).toHaveCount(0);
});
