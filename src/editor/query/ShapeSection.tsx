import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { useId } from 'react';
import { parseInterval } from '../../query/interval';
import { DraftInput } from '../DraftInput';
import type { QuerySectionProps } from './query-section';

const formats: Array<{ value: 'timeseries' | 'table'; label: string; description: string }> = [
  { value: 'timeseries', label: 'Time series', description: 'A value for each bucket of time' },
  { value: 'table', label: 'Table', description: 'One row a group for the whole range' },
];

/** Statistics over time, or as a table. */
export function ShapeSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  const format = query.format ?? 'table';
  const interval = query.interval ?? '';
  const isReadable = interval === '' || interval.includes('$') || parseInterval(interval) !== null;
  return (
    <>
      <InlineField label="Format">
        <RadioButtonGroup
          aria-label="Format"
          options={formats}
          value={format}
          onChange={(value) => {
            onChange({ ...query, format: value });
            onRunQuery();
          }}
        />
      </InlineField>
      {format === 'timeseries' && (
        <InlineField
          label="Interval"
          htmlFor={`${id}-interval`}
          tooltip="Width of a time bucket, such as 15m, 1h or 1d; left empty, it follows the panel's width"
          invalid={!isReadable}
          error={`"${interval}" is not a width: expected a number and ms, s, m, h, d or w, as in 15m`}
        >
          <DraftInput
            id={`${id}-interval`}
            width={12}
            placeholder="auto"
            value={interval}
            onCommit={(text) => {
              onChange({ ...query, interval: text.trim() });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
    </>
  );
}
