import { expect, test, type Page } from '@playwright/test';

const rows = (page: Page) => page.locator('tbody tr');

async function pick(page: Page, label: string, option: string): Promise<void> {
  // Typed, since a list shows only the options that it has room for; but for a letter, since what stands there already
  // would be no change.
  await page.getByRole('combobox', { name: label, exact: true }).fill(option.slice(0, -1));
  await page.getByRole('option', { name: option }).first().click();
}

test('shows calls as they end, without a reload', async ({ page }) => {
  await page.goto('/');
  await expect(rows(page).first()).toBeVisible();
  const newest = await rows(page).first().innerText();
  await expect(rows(page).first()).not.toHaveText(newest);
  await expect(page.getByRole('columnheader', { name: 'Outcome' })).toBeVisible();
});

const questions = [
  { question: 'Call records', column: 'Disposition' },
  { question: 'Calls', column: 'Outcome' },
  { question: 'Answer rate', column: 'Answer rate', chart: true },
  { question: 'Abandonment', column: 'Abandonment rate', chart: true },
  { question: 'Service level', column: 'Service level', chart: true },
  { question: 'Agents', column: 'Calls handled' },
  { question: 'Queues', column: 'Calls offered' },
  // It opens the figures of the question before it.
  { question: 'Custom statistics', column: 'Calls offered' },
  { question: 'Hourly', column: 'Hour of day' },
  { question: 'Waits', column: 'Wait time p90', chart: true },
  { question: 'Waits by band', column: 'Wait time band' },
  { question: 'Busy hours', column: 'Monday' },
  { question: 'Queues now', column: 'Callers waiting' },
  { question: 'Calls now', column: 'In this state' },
  { question: 'Callers waiting', column: 'Position' },
  { question: 'PBX status', column: 'Last heard' },
];

// One page for all, as a user goes through them: loading it takes longest.
test.describe('of its questions', () => {
  let page: Page;
  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    await page.goto('/');
  });
  test.afterAll(() => page.close());

  for (const { question, column, chart = false } of questions) {
    test(`answers ${question}`, async () => {
      await pick(page, 'Question', question);
      await expect(page.getByRole('columnheader', { name: column }).first()).toBeVisible();
      await expect(rows(page).first()).toBeVisible();
      await expect(page.getByRole('img', { name: 'Chart' })).toHaveCount(chart ? 1 : 0);
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
  }
});

test('filters by a value that the store suggests', async ({ page }) => {
  await page.goto('/');
  await expect(rows(page).first()).toBeVisible();
  await pick(page, 'Add filter', 'Outcome');
  const chips = page.getByRole('combobox', { name: 'Outcome' });
  await chips.click();
  await page.getByRole('option', { name: 'answered' }).first().click();
  await page.keyboard.press('Escape');
  await expect(async () => {
    const outcomes = await page.locator('tbody tr td:nth-child(7)').allInnerTexts();
    expect(outcomes.length).toBeGreaterThan(0);
    expect(new Set(outcomes)).toEqual(new Set(['answered']));
  }).toPass();
});

test('says in words what Save & test found', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('tab', { name: 'Data source' }).click();
  const address = page.getByRole('textbox', { name: /amiws address/ });
  const right = await address.inputValue();
  await address.fill('ws://127.0.0.1:9');
  await address.blur();
  await page.getByRole('button', { name: 'Save & test' }).click();
  await expect(page.getByText('Nothing listens there')).toBeVisible();
  await address.fill(right);
  await address.blur();
  await page.getByRole('button', { name: 'Save & test' }).click();
  await expect(page.getByText(/Connected to amiws since/)).toBeVisible();
});

test('speaks German where that is chosen', async ({ page }) => {
  await page.goto('/?lang=de-DE');
  await pick(page, 'Frage', 'Annahmequote');
  await page.getByRole('combobox', { name: 'Filter hinzufügen' }).click();
  await expect(page.getByRole('option', { name: 'Warteschlange' })).toBeVisible();
});
