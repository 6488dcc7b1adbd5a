import { renderHook } from '@testing-library/react';
import { suggest, type Suggestion } from '../../answers/suggest';
import { noDirectory } from '../../cdr/directory';
import type { SuggestedField } from '../../query/variable-query';
import type { ValuesFilter } from './filters';
import { useSuggestions } from './use-suggestions';

/** A language in which every text is its key. */
jest.mock('@grafana/i18n', () => ({ t: (key: string) => `<${key}>` }));

const datasource = {
  suggest: (field: SuggestedField | 'customFields'): Promise<Suggestion[]> =>
    suggest(field, {}, noDirectory, null, async () => (field === 'pauseReason' ? ['(no reason)'] : ['1001'])),
};

async function offered(name: ValuesFilter): Promise<string[]> {
  const { result } = renderHook(() => useSuggestions(datasource, name, {}));
  return (await result.current('')).map(({ value, label }) => `${value}: ${label}`);
}

test('words of this product are offered in the language of the user, and ids as they are', async () => {
  expect(await offered('businessHours')).toEqual([
    'in hours: <values.in-hours>',
    'out of hours: <values.out-of-hours>',
  ]);
  expect(await offered('transferred')).toEqual(['yes: <values.yes>', 'no: <values.no>']);
  expect(await offered('pauseReason')).toEqual(['(no reason): <values.no-reason>', '(none): <values.none>']);
  expect(await offered('agent')).toEqual(['1001: 1001', '(none): <values.none>']);
  expect(await offered('dayOfWeek')).toContain('Monday: <values.monday>');
  expect(await offered('endedBy')).toContain('transfer: <values.transfer>');
});
