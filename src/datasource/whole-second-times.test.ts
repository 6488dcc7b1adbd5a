import {
  createTheme,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  toDataFrame,
  type DataFrame,
} from '@grafana/data';
import { wholeSecondTimes } from './whole-second-times';

const frame = (preferredVisualisationType: 'table' | 'graph'): DataFrame =>
  toDataFrame({
    meta: { preferredVisualisationType },
    fields: [
      { name: 'startTime', type: FieldType.time, values: [1_000, 4_000] },
      { name: 'endTime', type: FieldType.time, values: [3_456, 6_789], config: { displayNameFromDS: 'End time' } },
      { name: 'source', type: FieldType.string, values: ['201', '202'] },
    ],
  });

const shown = ({ fields }: DataFrame): string[] =>
  fields.map((field) =>
    formattedValueToString(getDisplayProcessor({ field, timeZone: 'utc', theme: createTheme() })(field.values[1]))
  );

test('times of a table within a minute are shown in whole seconds, also those that have milliseconds', () => {
  const table = wholeSecondTimes(frame('table'));
  expect(shown(table)).toEqual(['1970-01-01 00:00:04', '1970-01-01 00:00:06', '202']);
  expect(table.fields[1]!.config.displayNameFromDS).toBe('End time');
});

test('what is no table stays as Grafana shows it', () => {
  expect(wholeSecondTimes(frame('graph'))).toEqual(frame('graph'));
});
