import { t } from '@grafana/i18n';
import { Combobox, InlineField, RadioButtonGroup } from '@grafana/ui';
import { useId } from 'react';
import { sortFields, type CdrQuery } from '../../query/model';
import { maxLimit } from '../../query/parse-query';
import { fieldTitles } from '../../datasource/field-titles';
import { NumberInput } from '../NumberInput';
import type { QuerySectionProps } from './query-section';

const sortOptions = sortFields.map((value) => ({ value, label: fieldTitles[value] }));
const orders: Array<{ value: CdrQuery['sortOrder']; label: string }> = [
  { value: 'desc', label: 'Descending' },
  { value: 'asc', label: 'Ascending' },
];

/** Order and number of the rows of a table. */
export function RowsSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();

  function change(changes: Partial<CdrQuery>): void {
    onChange({ ...query, ...changes });
    onRunQuery();
  }

  return (
    <>
      <InlineField label={t('query-editor.rows.format', 'Format')}>
        <RadioButtonGroup<'table' | 'logs'>
          aria-label={t('query-editor.rows.format', 'Format')}
          options={[
            { value: 'table', label: t('query-editor.rows.table', 'Table') },
            { value: 'logs', label: t('query-editor.rows.logs', 'Log lines') },
          ]}
          value={query.format === 'logs' ? 'logs' : 'table'}
          onChange={(format) => change({ format })}
        />
      </InlineField>
      <InlineField label="Sort by" htmlFor={`${id}-sort`}>
        <Combobox
          id={`${id}-sort`}
          width={20}
          options={sortOptions}
          value={query.sortBy ?? 'startTime'}
          onChange={({ value }) => change({ sortBy: value })}
        />
      </InlineField>
      <InlineField label="Order">
        <RadioButtonGroup
          aria-label="Order"
          options={orders}
          value={query.sortOrder ?? 'desc'}
          onChange={(sortOrder) => change({ sortOrder })}
        />
      </InlineField>
      <InlineField label="Limit" htmlFor={`${id}-limit`}>
        <NumberInput
          id={`${id}-limit`}
          min={1}
          max={maxLimit}
          suffix="rows"
          placeholder="1000"
          value={query.limit}
          onChange={(limit) => change({ limit })}
        />
      </InlineField>
    </>
  );
}
