import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { dimensions, type Dimension } from '../../cdr/dimensions';
import { measures, type Fact } from '../../cdr/measures';
import { metricIds, metrics } from '../../cdr/metrics';
import { fieldTitles } from '../../datasource/field-titles';
import { ChipsInput } from './ChipsInput';
import type { QuerySectionProps } from './query-section';

interface Props extends QuerySectionProps {
  customFields: readonly string[];
}

const groupTitles: Record<Fact, string> = {
  call: 'Calls',
  visit: 'Queue visits',
  leg: 'Agents',
  record: 'Records',
  stretch: 'Presence of agents',
};

const metricOptions = metricIds.map((value) => {
  const { title, description, measures: read } = metrics[value];
  return { value, label: title, description, group: groupTitles[measures[read[0]]] };
});

const dimensionOptions = dimensions.map((value) => ({ value: value as Dimension, label: fieldTitles[value] }));

/** Figures and groups of custom statistics. */
export function FiguresSection({ query, onChange, onRunQuery, customFields }: Props) {
  const id = useId();
  const customOptions = customFields.map((label) => ({ value: `custom.${label}` as Dimension, label }));
  const hasFigures = query.metrics === undefined || query.metrics.length > 0;
  return (
    <>
      <InlineField
        label="Figures"
        htmlFor={`${id}-metrics`}
        invalid={!hasFigures}
        error="Pick at least one figure; until then nothing is asked"
      >
        <ChipsInput
          id={`${id}-metrics`}
          width={80}
          invalid={!hasFigures}
          options={metricOptions}
          value={(query.metrics ?? ['totalCalls']).map((value) => ({ value, label: metrics[value]?.title ?? value }))}
          onChange={(ids) => {
            onChange({ ...query, metrics: ids });
            onRunQuery();
          }}
        />
      </InlineField>
      <InlineField label="By" htmlFor={`${id}-groups`}>
        <ChipsInput
          id={`${id}-groups`}
          width={40}
          isClearable
          placeholder="All together"
          options={[...dimensionOptions, ...customOptions]}
          value={(query.groupBy ?? []).map((value) => ({ value, label: dimensionTitle(value) }))}
          onChange={(groupBy) => {
            onChange({ ...query, groupBy });
            onRunQuery();
          }}
        />
      </InlineField>
    </>
  );
}

function dimensionTitle(dimension: Dimension): string {
  return dimensionOptions.find(({ value }) => value === dimension)?.label ?? dimension.replace(/^custom\./, '');
}
