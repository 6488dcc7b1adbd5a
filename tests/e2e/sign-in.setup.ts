import path from 'node:path';
import { expect, test as setup } from '@playwright/test';

setup('sign in as the administrator', async ({ request }) => {
  const answer = await request.post('/login', {
    data: { user: process.env.GRAFANA_USER ?? 'admin', password: process.env.GRAFANA_PASSWORD ?? 'admin' },
  });
  expect(answer.ok()).toBe(true);
  await request.storageState({ path: path.join(__dirname, '../../test-results/e2e-auth/admin.json') });
});
