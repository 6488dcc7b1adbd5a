import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { NumberInput } from '../NumberInput';
import type { QuerySectionProps } from './query-section';

/** Seconds within which an abandon is a short one. */
export function ShortAbandonInput({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  return (
    <InlineField label={t('query-editor.short-abandon.label', 'Short abandons within')} htmlFor={id}>
      <NumberInput
        id={id}
        min={0}
        suffix="s"
        placeholder={t('query-editor.short-abandon.default', 'as the data source')}
        // 0 is how a saved query says "as the data source".
        value={query.shortAbandonThreshold || undefined}
        onChange={(seconds) => {
          onChange({ ...query, shortAbandonThreshold: seconds ?? 0 });
          onRunQuery();
        }}
      />
    </InlineField>
  );
}
