import { t } from '@grafana/i18n';
import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { useId } from 'react';
import { sortFields, type CdrQuery } from '../../query/model';
import { maxLimit } from '../../query/question-bounds';
import { fieldTitle } from '../../say/field-title';
import { NumberInput } from '../NumberInput';
import { Picker } from '../Picker';
import type { QuerySectionProps } from './query-section';

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
      <InlineField label={t('query-editor.rows.sort-by', 'Sort by')} htmlFor={`${id}-sort`}>
        <Picker
          id={`${id}-sort`}
          width={20}
          options={sortFields.map((value) => ({ value, label: fieldTitle(value) }))}
          value={query.sortBy ?? 'startTime'}
          onChange={({ value }) => change({ sortBy: value })}
        />
      </InlineField>
      <InlineField label={t('query-editor.rows.order', 'Order')}>
        <RadioButtonGroup<CdrQuery['sortOrder']>
          aria-label={t('query-editor.rows.order', 'Order')}
          options={[
            { value: 'desc', label: t('query-editor.rows.descending', 'Descending') },
            { value: 'asc', label: t('query-editor.rows.ascending', 'Ascending') },
          ]}
          value={query.sortOrder ?? 'desc'}
          onChange={(sortOrder) => change({ sortOrder })}
        />
      </InlineField>
      <InlineField label={t('query-editor.rows.limit', 'Limit')} htmlFor={`${id}-limit`}>
        <NumberInput
          id={`${id}-limit`}
          min={1}
          max={maxLimit}
          suffix={t('query-editor.rows.rows', 'rows')}
          placeholder="1000"
          value={query.limit}
          onChange={(limit) => change({ limit })}
        />
      </InlineField>
    </>
  );
}
