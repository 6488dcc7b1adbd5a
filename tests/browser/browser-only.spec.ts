import { expect, test } from '@playwright/test';

test('a page that listens to amiws by itself shows calls as they end, and says what it knows', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const socket = page.waitForEvent('websocket');
  await page.goto('/?mode=browser');
  expect((await socket).url()).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/$/);
  const first = page.locator('tbody tr').first();
  await expect(first).toBeVisible();
  const newest = await first.innerText();
  await expect(first).not.toHaveText(newest);
  await expect(page.getByText(/Browser-only mode: calls since .*, without history and alerts/)).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/api/') || path === '/workbench/live')).toEqual([]);
});

test('the configuration page of such a data source says what it lacks and risks', async ({ page }) => {
  await page.goto('/?mode=browser');
  await page.getByRole('tab', { name: 'Data source' }).click();
  await expect(page.getByRole('radio', { name: 'Browser only' })).toBeChecked();
  await expect(page.getByText('amiws lets any WebSocket client send AMI actions')).toBeVisible();
  await expect(page.getByRole('textbox', { name: /amiws address/ })).toBeVisible();
  await expect(page.getByText('Certificate authority')).toHaveCount(0);
});
