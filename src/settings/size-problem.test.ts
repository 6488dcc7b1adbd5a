import { sizeProblem } from './size-problem';
import { english } from '../sentences/english';

const bounds = { values: 10, entries: 5, text: 8, texts: 30, depth: 3 };

describe('sizeProblem', () => {
  it.each([[null], [1], ['12345678'], [[1, 2, 3, 4, 5]], [{ a: { b: { c: 1 } } }]])('lets %j through', (json) => {
    expect(sizeProblem(json, bounds)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['a text', { a: ['123456789'] }, '"a.0" has 9 characters, but at most 8'],
    ['a name', { a: { '123456789': 1 } }, 'A name within "a" has 9 characters, but at most 8'],
    ['a list', { a: [1, 2, 3, 4, 5, 6] }, '"a" has 6 entries, but at most 5'],
    ['an object', { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }, 'The value has 6 entries, but at most 5'],
    [
      'all values',
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
      'more than 10 values, up to "1.3"',
    ],
    ['all texts', ['12345678', '12345678', '12345678', '12345678'], 'more than 30 characters, up to "3"'],
    ['nesting', { a: { b: { c: {} } } }, '"a.b.c" is more than 3 levels deep'],
  ])('names %s that is too large', (_, json, problem) => {
    expect(english([sizeProblem(json, bounds)!])).toContain(problem);
  });

  it('looks at no more than the bounds allow', () => {
    let looked = 0;
    const endless: object = new Proxy([], {
      get: (_, name) => (name === 'length' ? 4 : name === Symbol.iterator ? undefined : (looked++, endless)),
      ownKeys: () => ['0', '1', '2', '3', 'length'],
      getOwnPropertyDescriptor: (_, name) =>
        name === 'length'
          ? { value: 4, writable: true, enumerable: false, configurable: false }
          : { value: endless, enumerable: true, configurable: true },
    });
    expect(sizeProblem(endless, { ...bounds, depth: 100 })).toMatchObject({ id: 'input.size.values' });
    expect(looked).toBeLessThanOrEqual(50);
  });
});
