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
  await page
    .getByTestId('data-testid Dashboard template variables submenu Label Caller')
    .locator('..')
    .getByRole('combobox')
    .click();
  await expect(page.getByRole('option')).toHaveText([number]);
});
