import type { APIRequestContext } from '@playwright/test';
import { amiwsUrl, openPanel, type } from './cdr-source';
import { expect, test } from './test';

const amiwsProxyUrl = amiwsUrl.replace(/^ws/, 'http');
const viewer = { login: 'cdr-e2e-viewer', password: 'cdr-e2e-viewer' };
const proxied = (uid: string): string => `/api/datasources/proxy/uid/${uid}/amiws/`;

async function addSource(request: APIRequestContext, uid: string, jsonData: object): Promise<void> {
  await request.delete(`/api/datasources/uid/${uid}`);
  const added = await request.post('/api/datasources', { data: { uid, name: uid, type, access: 'proxy', jsonData } });
  expect(added.ok()).toBe(true);
}

test.beforeEach(async ({ request }) => {
  await addSource(request, 'cdr-e2e-browser', { mode: 'browser', amiwsUrl, amiwsProxyUrl });
});

test('the browser hears calls through the proxy of Grafana, and says what it knows', async ({ page }) => {
  const socket = page.waitForEvent('websocket', (opened) => opened.url().includes(proxied('cdr-e2e-browser')));
  const datasource = { type, uid: 'cdr-e2e-browser' };
  await openPanel(page, { type: 'table', datasource, query: { queryType: 'calls', live: true } });
  await socket;
  const firstRow = page.getByRole('row').nth(1);
  await expect(firstRow).toContainText(/inbound|outbound|internal/);
  const newest = await firstRow.innerText();
  await expect(firstRow).not.toHaveText(newest);
});

test('Save & test says which PBXes the browser hears', async ({ page }) => {
  await page.goto('/connections/datasources/edit/cdr-e2e-browser');
  await expect(page.getByText('amiws lets any WebSocket client send AMI actions')).toBeVisible();
  await page.getByRole('button', { name: /Save & test/ }).click();
  await expect(page.getByText(/this browser hears .*pbx-east/)).toBeVisible();
});

test('no Viewer comes through the proxy, and nobody in server mode', async ({ request, playwright, baseURL }) => {
  await addSource(request, 'cdr-e2e-server', { amiwsUrl });
  // 426: amiws itself answers, and wants a WebSocket.
  expect((await request.get(proxied('cdr-e2e-browser'))).status()).toBe(426);
  expect((await request.get(proxied('cdr-e2e-server'))).status()).toBe(502);
  await request.post('/api/admin/users', { data: { ...viewer, name: viewer.login, OrgId: 1 } });
  const asViewer = await playwright.request.newContext({
    baseURL,
    httpCredentials: { username: viewer.login, password: viewer.password, send: 'always' },
  });
  for (const uid of ['cdr-e2e-browser', 'cdr-e2e-server']) {
    expect((await asViewer.get(proxied(uid))).status()).toBe(403);
    expect((await asViewer.get(`/api/datasources/proxy/uid/${uid}/`)).status()).toBe(502);
  }
  await asViewer.dispose();
  await request.delete('/api/datasources/uid/cdr-e2e-server');
});
