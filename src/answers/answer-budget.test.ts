import { AnswerBudget, maxValues } from './answer-budget';
import type { Answer } from './answer';

const table = (columns: number, rows: number, value: string | object = ''): Answer => ({
  name: 'Calls',
  meta: {},
  fields: Array.from({ length: columns }, (_, n) => ({
    name: `f${n}`,
    type: 'string' as const,
    config: { displayNameFromDS: '' },
    values: new Array<string | object>(rows).fill(value),
  })),
});

describe('the budget of the answers to one request', () => {
  it('takes two tables of 100,000 records, and refuses the third', async () => {
    const budget = new AnswerBudget();
    await budget.spend(table(24, 100_000));
    await budget.spend(table(24, 100_000));
    await expect(budget.spend(table(24, 100_000))).rejects.toThrow(
      `The answers to the queries of one request would have more than ${maxValues.toLocaleString('en-US')} values. Lower the limits`
    );
  });

  it('lets no further question be asked once it is spent', async () => {
    const budget = new AnswerBudget();
    budget.check();
    await expect(budget.spend(table(61, 100_000))).rejects.toThrow('more than');
    expect(() => budget.check()).toThrow('Lower the limits');
  });

  it('counts what texts and labels hold', async () => {
    const text = 'x'.repeat(90_000);
    await new AnswerBudget().spend(table(1, 2_000, text));
    await expect(new AnswerBudget().spend(table(1, 3_000, text))).rejects.toThrow('more than 200,000,000 characters');
    await expect(new AnswerBudget().spend(table(1, 3_000, { label: text }))).rejects.toThrow('characters');
  });
});
