import { noValue } from '../cdr/dimensions';
import type { AnswerField, Series, SeriesGroup } from './answer';

/** A field of a time series with the labels and the name that its groups make. Labels are ids, so that an alert stays the same. */
export function seriesField(field: AnswerField & { series: Series }): AnswerField {
  const { groups } = field.series;
  return {
    ...field,
    labels: Object.fromEntries(groups.map(({ label, text }) => [label, text])),
    config: { ...field.config, displayNameFromDS: nameOf(field.series) },
  };
}

function nameOf({ figure, legend, isOfOne, groups }: Series): string {
  if (legend === '') {
    return [...(isOfOne && groups.length > 0 ? [] : [figure]), ...groups.map(shownAs)].join(' ');
  }
  const texts = new Map([['figure', figure], ...groups.map((group) => [group.label, shownAs(group)] as const)]);
  // What is no group stays as it is named, as in Prometheus.
  return legend.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => texts.get(name) ?? name);
}

function shownAs({ text, named }: SeriesGroup): string {
  return (named ?? text) || noValue;
}
