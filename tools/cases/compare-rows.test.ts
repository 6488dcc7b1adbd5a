import { rowsAgree } from './compare-rows';

const check = (rows: Array<Record<string, unknown>>) => ({ query: { metrics: ['offered', 'abandoned'] }, rows });

describe('rows of an answer', () => {
  it('may come in any order and have more fields', () => {
    const found = [
      { queue: 'b', offered: 2, abandoned: 1 },
      { queue: 'a', offered: 1, abandoned: 0 },
    ];
    expect(
      rowsAgree(
        found,
        check([
          { queue: 'a', offered: 1 },
          { queue: 'b', offered: 2 },
        ])
      )
    ).toBe(true);
    expect(
      rowsAgree(
        found,
        check([
          { queue: 'a', offered: 1 },
          { queue: 'b', offered: 3 },
        ])
      )
    ).toBe(false);
  });

  it('meet one expected row each, whichever is looked at first', () => {
    const found = [
      { queue: 'a', offered: 1 },
      { queue: 'a', offered: 2 },
    ];
    expect(rowsAgree(found, check([{ queue: 'a' }, { queue: 'a', offered: 1 }]))).toBe(true);
    expect(rowsAgree([found[0]!], check([{ queue: 'a' }, { queue: 'a', offered: 1 }]))).toBe(false);
  });

  it('may be there or be missing where all their figures are 0 or null', () => {
    expect(rowsAgree([{ queue: 'a', offered: 0, abandoned: null }], check([]))).toBe(true);
    expect(rowsAgree([], check([{ queue: 'a', offered: 0, abandoned: 0 }]))).toBe(true);
    expect(rowsAgree([{ queue: 'a', offered: 1, abandoned: 0 }], check([]))).toBe(false);
  });
});
