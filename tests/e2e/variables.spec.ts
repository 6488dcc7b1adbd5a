import type { Page } from '@playwright/test';
import type { Simulator } from '../../tools/simulator/start-simulator';
import { dashboardPath, dataSource, openPanel, panelUnderTest } from './cdr-source';
import { addCalls, addQuietPbx, newNumber } from './quiet-pbx';
import { expect, test } from './test';

let simulator: Simulator;

test.beforeEach(async ({ page }) => {
  simulator = await addQuietPbx(page);
});
test.afterEach(() => simulator.close());

/** A variable of the values that are given, all of which are selected. */
const ofValues = (values: readonly string[]) => ({
  type: 'custom',
  name: 'number',
  query: values.join(','),
  current: { text: values, value: values },
  multi: true,
  includeAll: true,
});

for (const [filter, field] of [
  ['source', 'Source'],
  ['destination', 'Destination'],
] as const) {
  test(`the filter ${field} takes several values of a variable, and All`, async ({ page }) => {
    const numbers = [newNumber(), newNumber(), newNumber()] as const;
    const calls = numbers.map((number) => ({ Source: newNumber(), [field]: number }));
    await addCalls(page, simulator, calls);
    const query = { queryType: 'calls', filters: { [filter]: '$number' } };
    await openPanel(page, { type: 'table', query }, { dashboard: { templating: { list: [ofValues(numbers)] } } });
    const call = (number: string) => panelUnderTest(page).getByText(number);
    await page.goto(`${dashboardPath}?var-number=${numbers[0]}&var-number=${numbers[1]}`);
    await expect(call(numbers[0])).toBeVisible();
    await expect(call(numbers[1])).toBeVisible();
    await expect(call(numbers[2])).toHaveCount(0);
    await page.goto(`${dashboardPath}?var-number=$__all`);
    for (const number of numbers) {
      await expect(call(number)).toBeVisible();
    }
  });
}

test('the dollar signs of a value stay as they are', async ({ page }) => {
  const user = `sip$$${newNumber()}$&`;
  await addCalls(page, simulator, [{ Source: user }]);
  const query = { queryType: 'calls', filters: { source: '$user' } };
  const variable = { type: 'textbox', name: 'user', query: '' };
  await openPanel(page, { type: 'table', query }, { dashboard: { templating: { list: [variable] } } });
  await page.goto(`${dashboardPath}?var-user=${encodeURIComponent(user)}`);
  await expect(panelUnderTest(page).getByText(user)).toBeVisible();
});

test('a variable chained to hundreds of values does not ask by a long address', async ({ page }) => {
  const number = newNumber();
  await addCalls(page, simulator, [{ Source: number }]);
  const numbers = [number, ...Array.from({ length: 800 }, newNumber)];
  const chained = {
    type: 'query',
    name: 'caller',
    label: 'Caller',
    datasource: dataSource,
    query: { refId: 'values', field: 'source', filters: { source: ['$number'] } },
    refresh: 1,
  };
  const asked = page.waitForRequest(/\/resources\/suggestions/);
  const templating = { list: [ofValues(numbers), chained] };
  await openPanel(page, { type: 'table', query: { queryType: 'calls' } }, { dashboard: { templating } });
  expect((await asked).url().length).toBeLessThan(1_000);
  await listOf(page, 'Caller').click();
  await expect(page.getByRole('option')).toHaveText([number]);
});

test('a variable that is refreshed on time range change has the values of the time range, another those of all calls', async ({
  page,
}) => {
  const number = newNumber();
  await addCalls(page, simulator, [{ Source: number }]);
  const callers = (name: string, refresh: number) => ({
    type: 'query',
    name,
    label: name,
    datasource: dataSource,
    query: { refId: 'values', field: 'source', filters: { source: [number] } },
    refresh,
  });
  const templating = { list: [callers('Ever', 1), callers('Within', 2)] };
  await openPanel(page, { type: 'table', query: { queryType: 'calls' } }, { dashboard: { templating } });
  await expectOffered(page, 'Ever', number, true);
  await expectOffered(page, 'Within', number, true);
  const ofRange = page.waitForResponse((answer) => /from=\d+/.test(answer.request().postData() ?? ''));
  await page.goto(`${dashboardPath}?from=now-2d&to=now-1d`);
  expect(await (await ofRange).json()).toEqual([]);
  await expectOffered(page, 'Ever', number, true);
  await expectOffered(page, 'Within', number, false);
});

/** Whether a variable's list offers a value. */
async function expectOffered(page: Page, label: string, value: string, isOffered: boolean): Promise<void> {
  const list = listOf(page, label);
  await list.click();
  await expect(list).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('option', { name: value })).toHaveCount(isOffered ? 1 : 0);
  await page.keyboard.press('Escape');
}

const listOf = (page: Page, label: string) =>
  page
    .getByTestId(`data-testid Dashboard template variables submenu Label ${label}`)
    .locator('..')
    .getByRole('combobox');
