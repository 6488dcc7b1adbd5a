import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { severityOf } from '../answers/log-lines';
import type { PanelQuery } from './panel-query';

/** How Grafana finds the query that a histogram is of. */
const volumePrefix = 'log-volume-';

/** True for a query whose answer is lines of a log. */
export function asksLogs({ queryType = 'calls', format }: PanelQuery): boolean {
  return format === 'logs' && (queryType === 'calls' || queryType === 'records');
}

/** The query of the histogram over a log's whole range; undefined where the query's answer is no log. */
export function volumeQuery(query: PanelQuery): PanelQuery | undefined {
  if (query.hide || !asksLogs(query)) {
    return undefined;
  }
  const { refId, datasource, filters } = query;
  const isOfRecords = query.queryType === 'records';
  return {
    refId: `${volumePrefix}${refId}`,
    datasource,
    filters,
    queryType: 'statistics',
    format: 'timeseries',
    metrics: [isOfRecords ? 'recordCount' : 'totalCalls'],
    groupBy: [isOfRecords ? 'disposition' : 'outcome'],
  };
}

/** The answer to a histogram's query as Grafana draws it: a frame for each level, which its field's labels name. */
export function volumeFrames(frame: DataFrame): DataFrame[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  if (!frame.refId?.startsWith(volumePrefix) || !time) {
    return [frame];
  }
  const levels = Map.groupBy(
    frame.fields.filter(({ type }) => type === FieldType.number),
    ({ labels = {} }) => severityOf(labels)
  );
  return [...levels].map(([level, fields]) => ({
    ...frame,
    name: level,
    fields: [time, { ...fields[0]!, name: 'Value', labels: { level }, values: sums(fields) }],
  }));
}

function sums(fields: readonly Field[]): number[] {
  const [first] = fields;
  return first!.values.map((_, index) => fields.reduce((sum, { values }) => sum + (Number(values[index]) || 0), 0));
}
