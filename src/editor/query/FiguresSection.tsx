import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { dimensions, type Dimension } from '../../cdr/dimensions';
import { measures, type Fact } from '../../cdr/measures';
import { metricIds, metrics } from '../../cdr/metrics';
import { fieldTitle } from '../../say/field-title';
import { metricTexts } from '../../say/metric-texts';
import { maxTop } from '../../query/question-bounds';
import { NumberInput } from '../NumberInput';
import { ChipsInput } from './ChipsInput';
import type { QuerySectionProps } from './query-section';

interface Props extends QuerySectionProps {
  customFields: readonly string[];
}

const groupTitles: Record<Fact, () => string> = {
  call: () => t('query-editor.figures.of-calls', 'Calls'),
  visit: () => t('query-editor.figures.of-queue-visits', 'Queue visits'),
  leg: () => t('query-editor.figures.of-agents', 'Agents'),
  made: () => t('query-editor.figures.of-calls-made', 'Calls made by agents'),
  transfer: () => t('query-editor.figures.of-transfers', 'Transfers'),
  record: () => t('query-editor.figures.of-records', 'Records'),
  stretch: () => t('query-editor.figures.of-presence', 'Presence of agents'),
  lostCaller: () => t('query-editor.figures.of-lost-callers', 'Lost callers'),
  contact: () => t('query-editor.figures.of-contacts', 'Repeated callers'),
};

/** Figures and groups of custom statistics. */
export function FiguresSection({ query, onChange, onRunQuery, customFields }: Props) {
  const id = useId();
  const groups: Dimension[] = [...dimensions, ...customFields.map((label) => `custom.${label}` as const)];
  const isHeatmap = query.format === 'heatmap';
  const hasFigures = query.metrics === undefined || query.metrics.length > 0;
  return (
    <>
      <InlineField
        label={t('query-editor.figures.label', 'Figures')}
        htmlFor={`${id}-metrics`}
        invalid={!hasFigures}
        error={t('query-editor.figures.none', 'Pick at least one figure; until then nothing is asked')}
      >
        <ChipsInput
          id={`${id}-metrics`}
          width={80}
          invalid={!hasFigures}
          options={metricIds.map((value) => {
            const { title, description } = metricTexts(value);
            return { value, label: title, description, group: groupTitles[measures[metrics[value].measures[0]]]() };
          })}
          value={(query.metrics ?? ['totalCalls']).map((value) => ({ value, label: metricTexts(value).title }))}
          onChange={(ids) => {
            // A heat map shows one figure, the one picked last.
            onChange({ ...query, metrics: isHeatmap ? ids.slice(-1) : ids });
            onRunQuery();
          }}
        />
      </InlineField>
      {!isHeatmap && (
        <InlineField label={t('query-editor.figures.by', 'By')} htmlFor={`${id}-groups`}>
          <ChipsInput
            id={`${id}-groups`}
            width={40}
            isClearable
            placeholder={t('query-editor.figures.all-together', 'All together')}
            options={groups.map((value) => ({ value, label: fieldTitle(value) }))}
            value={(query.groupBy ?? []).map((value) => ({ value, label: fieldTitle(value) }))}
            onChange={(groupBy) => {
              onChange({ ...query, groupBy });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
      {!isHeatmap && Boolean(query.groupBy?.length) && (
        <InlineField
          label={t('query-editor.figures.top', 'Top')}
          htmlFor={`${id}-top`}
          tooltip={t(
            'query-editor.figures.top-tooltip',
            'Number of groups with the highest values of the first figure; all others share one row. Leave empty for every group'
          )}
        >
          <NumberInput
            id={`${id}-top`}
            min={0}
            max={maxTop}
            width={12}
            placeholder={t('query-editor.figures.top-all', 'All')}
            value={query.top || undefined}
            onChange={(top) => {
              onChange({ ...query, top: top ?? 0 });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
    </>
  );
}
