import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { fieldTitle } from '../../say/field-title';
import { countedBy, type CountedBy } from '../../query/model';
import { ChipsInput } from './ChipsInput';
import type { QuerySectionProps } from './query-section';

/** Whether calls in progress are listed or counted, and by what. */
export function CountBySection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  return (
    <InlineField
      label={t('query-editor.count-by.label', 'Count by')}
      htmlFor={`${id}-count-by`}
      tooltip={t('query-editor.count-by.tooltip', 'How many calls there are, as an alert rule needs it')}
    >
      <ChipsInput
        id={`${id}-count-by`}
        width={40}
        isClearable
        placeholder={t('query-editor.count-by.none', 'One row per call')}
        options={countedBy.map((value) => ({ value, label: titleOf(value) }))}
        value={(query.countBy ?? []).map((value) => ({ value, label: titleOf(value) }))}
        onChange={(countBy) => {
          onChange({ ...query, countBy, columns: undefined });
          onRunQuery();
        }}
      />
    </InlineField>
  );
}

function titleOf(by: CountedBy): string {
  return by === 'state' ? t('query-editor.columns.state', 'State') : fieldTitle(by);
}
