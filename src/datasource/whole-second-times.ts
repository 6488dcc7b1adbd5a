import { FieldType, systemDateFormats, type DataFrame } from '@grafana/data';

/**
 * Shows the times of a table in whole seconds, in Grafana's date format. Grafana itself adds milliseconds to a column whose
 * first and last row are less than a minute apart, so that the columns of a table differ and are cut off.
 */
export function wholeSecondTimes(frame: DataFrame): DataFrame {
  if (frame.meta?.preferredVisualisationType !== 'table') {
    return frame;
  }
  const unit = `time:${systemDateFormats.fullDate}`;
  return {
    ...frame,
    fields: frame.fields.map((field) =>
      field.type === FieldType.time ? { ...field, config: { ...field.config, unit } } : field
    ),
  };
}
