import { t } from '@grafana/i18n';
import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { useId } from 'react';
import type { PanelQuery } from '../../datasource/panel-query';
import { parseInterval } from '../../query/interval';
import { heatmapGroups } from '../../query/model';
import { DraftInput } from '../DraftInput';
import type { QuerySectionProps } from './query-section';

type Shape = 'timeseries' | 'table' | 'heatmap';

/** Statistics over time, as a table, or by hours and weekdays. */
export function ShapeSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  const format = query.format === 'timeseries' || query.format === 'heatmap' ? query.format : 'table';
  const interval = query.interval ?? '';
  const isReadable = interval === '' || interval.includes('$') || parseInterval(interval) !== null;
  return (
    <>
      <InlineField label={t('query-editor.shape.format', 'Format')}>
        <RadioButtonGroup<Shape>
          aria-label={t('query-editor.shape.format', 'Format')}
          options={[
            {
              value: 'timeseries',
              label: t('query-editor.shape.time-series', 'Time series'),
              description: t('query-editor.shape.time-series-description', 'A value for each bucket of time'),
            },
            {
              value: 'table',
              label: t('query-editor.shape.table', 'Table'),
              description: t('query-editor.shape.table-description', 'One row per group for the whole range'),
            },
            {
              value: 'heatmap',
              label: t('query-editor.shape.heatmap', 'Heat map'),
              description: t(
                'query-editor.shape.heatmap-description',
                'The first figure by hour and weekday, for the heat map or a table with colors'
              ),
            },
          ]}
          value={format}
          onChange={(value) => {
            onChange({ ...query, ...shapeOf(query, value) });
            onRunQuery();
          }}
        />
      </InlineField>
      {format === 'timeseries' && (
        <InlineField
          label={t('query-editor.shape.interval', 'Interval')}
          htmlFor={`${id}-interval`}
          tooltip={t(
            'query-editor.shape.interval-tooltip',
            "Width of a time bucket, such as 15m, 1h, 1d, 1M (a month), 1y (a year) or $__interval. Leave empty to follow the panel's width: rates, averages and percentiles then get buckets of at least 15 minutes, or a twelfth of a shorter range"
          )}
          invalid={!isReadable}
          error={t(
            'query-editor.shape.interval-error',
            '"{{- interval}}" is not a width: expected a number and ms, s, m, h, d, w, M (months) or y (years), as in 15m',
            { interval }
          )}
        >
          <DraftInput
            id={`${id}-interval`}
            width={12}
            placeholder={t('query-editor.shape.interval-auto', 'auto')}
            value={interval}
            onCommit={(text) => {
              onChange({ ...query, interval: text.trim() });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
      {format === 'timeseries' && (
        <InlineField
          label={t('query-editor.shape.legend', 'Legend')}
          htmlFor={`${id}-legend`}
          tooltip={t(
            'query-editor.shape.legend-tooltip',
            'Name of each series. Names in double curly braces stand for the values of the groups and for the figure, as in {{- example}}',
            { example: '{{queue}}, {{figure}}' }
          )}
        >
          <DraftInput
            id={`${id}-legend`}
            width={24}
            placeholder={t('query-editor.shape.legend-auto', 'auto')}
            value={query.legend ?? ''}
            onCommit={(legend) => {
              onChange({ ...query, legend });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
    </>
  );
}

/** A heat map shows one figure by its own groups, which no other format starts with. */
function shapeOf({ metrics, groupBy, format: before }: PanelQuery, format: Shape): Partial<PanelQuery> {
  if (format === 'heatmap') {
    return { format, metrics: metrics?.slice(0, 1), groupBy: [...heatmapGroups] };
  }
  return { format, groupBy: before === 'heatmap' && format === 'timeseries' ? [] : groupBy };
}
