import { useCallback, useRef } from 'react';
import { outcomes } from '../../cdr/call';
import type { SavedFilters } from '../../query/model';
import { directions, dispositions } from '../../cdr/record';
import { talkEnds } from '../../cdr/talk-end';
import type { Suggestion } from '../../answers/suggest';
import { valueText } from '../../say/value-text';
import type { CdrDataSource } from '../../datasource/data-source';
import { withFilter, type ValuesFilter } from './filters';

interface Option {
  value: string;
  label: string;
}

/** Values that exist whether or not the store has a call of them yet. */
const known: Partial<Record<ValuesFilter, readonly string[]>> = {
  direction: directions,
  disposition: dispositions,
  outcome: outcomes,
  endedBy: talkEnds,
};

/**
 * Loads the values of a filter for a Combobox: those of the calls that the other filters let through, most frequent
 * first. The store is asked when the list opens; what is typed then narrows that answer. The Combobox itself drops
 * answers that a later one overtook.
 */
export function useSuggestions(
  datasource: Pick<CdrDataSource, 'suggest'>,
  name: ValuesFilter,
  filters: SavedFilters
): (typed: string) => Promise<Option[]> {
  const asked = useRef<Promise<Suggestion[]>>(undefined);
  const others = JSON.stringify(withFilter(filters, name, undefined));
  return useCallback(
    async (typed: string) => {
      if (typed === '' || !asked.current) {
        asked.current = name === 'linkedId' ? Promise.resolve([]) : datasource.suggest(name, JSON.parse(others));
      }
      const found = await asked.current;
      const texts = new Map(found.map(({ value, text }) => [value, text]));
      const values = new Set([...texts.keys(), ...(known[name] ?? [])]);
      const labelOf = (value: string): string => {
        const text = texts.get(value) ?? value;
        return text === value ? valueText(name, value) : text;
      };
      const part = typed.toLowerCase();
      return [...values]
        .map((value) => ({ value, label: labelOf(value) }))
        .filter(({ value, label }) => value !== '' && label.toLowerCase().includes(part));
    },
    [datasource, name, others]
  );
}
