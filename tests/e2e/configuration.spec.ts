import type { Page } from '@playwright/test';
import { addDataSource, amiwsUrl, dataSource, type } from './cdr-source';
import { expect, test } from './test';

const uid = 'amiws-cdr-e2e-configured';
const jsonData = {
  amiwsUrl,
  holidays: ['12-25', '01-01', '05-01'],
  businessHours: ['Mon-Fri 08:00-18:00'],
  retentionDays: 90,
  recordingUrl: 'pbx.example.com',
};

async function open(page: Page, of: string): Promise<void> {
  await page.goto(`/connections/datasources/edit/${of}`);
  await expect(page.getByRole('heading', { level: 2, name: 'Connection' })).toBeVisible();
}

const titles = (page: Page) => page.getByRole('region').getByRole('heading', { level: 2 });
const section = (page: Page, name: string) => page.getByRole('region', { name });

async function add(page: Page, data: object): Promise<void> {
  await page.request.delete(`/api/datasources/uid/${uid}`);
  const added = await page.request.post('/api/datasources', {
    data: { uid, name: 'Asterisk CDR e2e configured', type, access: 'proxy', jsonData: data },
  });
  expect(added.ok()).toBe(true);
}

test('the check list comes first once the data source is connected', async ({ page }) => {
  await addDataSource(page);
  await open(page, dataSource.uid);
  await expect(titles(page).first()).toHaveText('Check list');
  await expect(section(page, 'pbx-east').getByRole('listitem').first()).toBeVisible();
});

test('before that, the connection comes first, with what to do', async ({ page }) => {
  await add(page, {});
  await open(page, uid);
  await expect(titles(page).first()).toHaveText('Connection');
  await expect(page.getByText('Connect to your PBX')).toBeVisible();
  await page.getByRole('textbox', { name: /amiws address/ }).fill('ws://127.0.0.1:9');
  await page.getByRole('button', { name: /Save & test/ }).click();
  await expect(page.getByText('Not connected yet')).toBeVisible();
  await page.getByRole('textbox', { name: /amiws address/ }).fill(amiwsUrl);
  await page.getByRole('button', { name: /Save & test/ }).click();
  await expect(titles(page).first()).toHaveText('Check list');
});

test('folded sections show what is set in them, and one with a mistake is open', async ({ page }) => {
  await add(page, jsonData);
  await open(page, uid);
  await expect(section(page, 'Business hours')).toContainText('Mon-Fri 08:00-18:00, 3 holidays');
  await expect(section(page, 'Storage')).toContainText('90 days');
  await expect(page.getByLabel(/^Keep call records for/)).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^Address of recordings/ })).toBeVisible();
});

test('defaults are values, which hold again once the field is emptied', async ({ page }) => {
  await add(page, jsonData);
  await open(page, uid);
  await section(page, 'Storage').getByRole('button', { name: 'Storage', exact: true }).click();
  await section(page, 'Figures').getByRole('button', { name: 'Figures', exact: true }).click();
  await expect(page.getByLabel(/^Service level threshold/)).toHaveValue('20');
  const retention = page.getByLabel(/^Keep call records for/);
  await retention.fill('');
  await retention.blur();
  await expect(retention).toHaveValue('400');
  await page.getByRole('button', { name: /Save & test/ }).click();
  const saved = async () => (await (await page.request.get(`/api/datasources/uid/${uid}`)).json()).jsonData;
  await expect.poll(saved).not.toHaveProperty('retentionDays');
  expect(await saved()).not.toHaveProperty('serviceLevelThreshold');
});

test('the page is no wider than a phone', async ({ page }) => {
  await add(page, { ...jsonData, connection: 'both', pbxes: [{ server: 'east' }], store: { type: 'postgres' } });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, uid);
  const folded = page.getByRole('region').getByRole('button', { expanded: false });
  await expect(folded.first()).toBeVisible();
  while ((await folded.count()) > 0) {
    await folded.first().evaluate((element: HTMLElement) => element.click());
  }
  const cut = await page
    .getByRole('region')
    .evaluateAll((regions) =>
      regions.flatMap((region) =>
        [...region.querySelectorAll('input, textarea, button, label, p, li, h2, h3')]
          .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
          .map((element) => element.outerHTML.slice(0, 120))
      )
    );
  expect(cut).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
