import { Combobox, InlineField } from '@grafana/ui';
import { useId } from 'react';
import type { ServiceLevelDefinition } from '../../cdr/metrics';
import { NumberInput } from '../NumberInput';
import type { QuerySectionProps } from './query-section';

const definitions: Array<{ value: ServiceLevelDefinition; label: string; description: string }> = [
  { value: 'offered', label: 'Of all offered', description: 'Answered within the threshold / offered' },
  {
    value: 'without-short-abandons',
    label: 'Without short abandons',
    description: 'The same, leaving out those who gave up within the threshold',
  },
  { value: 'asterisk', label: "Asterisk's SL", description: 'Answered within the threshold / answered' },
  {
    value: 'asterisk2',
    label: "Asterisk's SL2",
    description: 'Answered or abandoned within the threshold / answered or abandoned',
  },
];

/** Threshold and definition of the service level. */
export function ServiceLevelSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  return (
    <>
      <InlineField label="Answered within" htmlFor={`${id}-threshold`}>
        <NumberInput
          id={`${id}-threshold`}
          min={0}
          suffix="s"
          placeholder="as the data source"
          // 0 is how a saved query says "as the data source".
          value={query.serviceLevelThreshold || undefined}
          onChange={(seconds) => {
            onChange({ ...query, serviceLevelThreshold: seconds ?? 0 });
            onRunQuery();
          }}
        />
      </InlineField>
      <InlineField label="Counted" htmlFor={`${id}-definition`}>
        <Combobox
          id={`${id}-definition`}
          width={30}
          options={definitions}
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
