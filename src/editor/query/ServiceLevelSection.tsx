import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import type { ServiceLevelDefinition } from '../../cdr/metrics';
import { NumberInput } from '../NumberInput';
import { Picker } from '../Picker';
import type { QuerySectionProps } from './query-section';

/** Threshold and definition of the service level. */
export function ServiceLevelSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  return (
    <>
      <InlineField label={t('query-editor.service-level.threshold', 'Answered within')} htmlFor={`${id}-threshold`}>
        <NumberInput
          id={`${id}-threshold`}
          min={0}
          suffix="s"
          placeholder={t('query-editor.service-level.threshold-default', 'as the data source')}
          // 0 is how a saved query says "as the data source".
          value={query.serviceLevelThreshold || undefined}
          onChange={(seconds) => {
            onChange({ ...query, serviceLevelThreshold: seconds ?? 0 });
            onRunQuery();
          }}
        />
      </InlineField>
      <InlineField label={t('query-editor.service-level.definition', 'Counted')} htmlFor={`${id}-definition`}>
        <Picker
          id={`${id}-definition`}
          width={30}
          options={definitionOptions()}
          value={query.serviceLevelDefinition ?? 'offered'}
          onChange={({ value }) => {
            onChange({ ...query, serviceLevelDefinition: value });
            onRunQuery();
          }}
        />
      </InlineField>
    </>
  );
}

function definitionOptions(): Array<{ value: ServiceLevelDefinition; label: string; description: string }> {
  return [
    {
      value: 'offered',
      label: t('query-editor.service-level.offered', 'Of all offered'),
      description: t('query-editor.service-level.offered-description', 'Answered within the threshold / offered'),
    },
    {
      value: 'without-short-abandons',
      label: t('query-editor.service-level.without-short', 'Without short abandons'),
      description: t(
        'query-editor.service-level.without-short-description',
        'The same, leaving out those who gave up within the threshold of short abandons'
      ),
    },
    {
      value: 'asterisk',
      label: t('query-editor.service-level.asterisk', "Asterisk's SL"),
      description: t('query-editor.service-level.asterisk-description', 'Answered within the threshold / answered'),
    },
    {
      value: 'asterisk2',
      label: t('query-editor.service-level.asterisk2', "Asterisk's SL2"),
      description: t(
        'query-editor.service-level.asterisk2-description',
        'Answered or abandoned within the threshold / answered or abandoned'
      ),
    },
  ];
}
