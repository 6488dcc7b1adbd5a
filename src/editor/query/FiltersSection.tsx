import { t } from '@grafana/i18n';
import { IconButton, InlineField, Stack } from '@grafana/ui';
import { useEffect, useId, useState } from 'react';
import type { CdrDataSource } from '../../datasource/data-source';
import { Picker } from '../Picker';
import { FilterInput } from './FilterInput';
import { ConditionChips } from './ConditionChips';
import { filterNames, filtersInUse, filterTitle, withConditions, withFilter, type FilterName } from './filters';
import type { QuerySectionProps } from './query-section';

interface Props extends QuerySectionProps {
  datasource: Pick<CdrDataSource, 'suggest'>;
  customFields: readonly string[];
  /** The filters that the question can be asked with; all unless given. */
  only?: readonly FilterName[];
  /** Filters that are open from the beginning, since the question is asked with them. */
  open?: readonly FilterName[];
}

/** The filters in use, and those opened to be filled in. */
export function FiltersSection({ query, onChange, onRunQuery, datasource, customFields, only, open = [] }: Props) {
  const id = useId();
  const [opened, setOpened] = useState<readonly FilterName[]>([]);
  const [added, setAdded] = useState<FilterName | null>(null);
  const filters = query.filters ?? {};
  const shown = [...new Set([...open, ...filtersInUse(filters), ...opened])];
  const others = (only ?? filterNames(customFields)).filter((name) => !shown.includes(name));

  // Whoever added a filter wants to fill it in next.
  useEffect(() => {
    if (added !== null) {
      document.getElementById(`${id}-${added}`)?.focus();
    }
  }, [id, added]);

  function add(name: FilterName): void {
    setOpened([...opened, name]);
    setAdded(name);
  }

  function change(name: FilterName, value: string | number | string[] | undefined): void {
    setOpened((names) => (names.includes(name) ? names : [...names, name]));
    onChange({ ...query, filters: withFilter(filters, name, value) });
    onRunQuery();
  }

  function remove(name: FilterName): void {
    setOpened((names) => names.filter((other) => other !== name));
    setAdded(null);
    if (filtersInUse(filters).includes(name)) {
      onChange({ ...query, filters: withFilter(filters, name, undefined) });
      onRunQuery();
    }
  }

  return (
    <Stack role="group" aria-label={t('query-editor.filters.label', 'Filters')} wrap="wrap" gap={1} alignItems="center">
      {shown.map((name) => (
        <Stack key={name} gap={0.5} alignItems="center">
          <InlineField label={filterTitle(name)} htmlFor={`${id}-${name}`}>
            <FilterInput
              id={`${id}-${name}`}
              name={name}
              filters={filters}
              onChange={(value) => change(name, value)}
              datasource={datasource}
            />
          </InlineField>
          <IconButton
            name="times"
            size="lg"
            aria-label={t('query-editor.filters.remove', 'Remove filter {{- field}}', { field: filterTitle(name) })}
            onClick={() => remove(name)}
          />
        </Stack>
      ))}
      <ConditionChips
        conditions={filters.conditions ?? []}
        onChange={(conditions) => {
          onChange({ ...query, filters: withConditions(filters, conditions) });
          onRunQuery();
        }}
      />
      <InlineField label={t('query-editor.filters.add', 'Add filter')} htmlFor={`${id}-add`}>
        <Picker
          // A Combobox goes on showing what was picked, whatever its value: each pick gets a fresh one.
          key={shown.length}
          id={`${id}-add`}
          width={25}
          placeholder={t('query-editor.filters.choose', 'Choose a field')}
          value={null}
          options={others.map((value) => ({ value, label: filterTitle(value) }))}
          onChange={({ value }) => add(value)}
        />
      </InlineField>
    </Stack>
  );
}
