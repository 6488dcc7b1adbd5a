import { noValue } from '../cdr/dimensions';
import type { AnswerField, Series } from './answer';

/** A field of a time series with the labels and the name that its groups make. Labels are ids, so that an alert stays the same. */
export function seriesField(field: AnswerField & { series: Series }): AnswerField {
  const { title, groups } = field.series;
  const shown = [...(title === null ? [] : [title]), ...groups.map(({ text, named }) => named ?? text)];
  return {
    ...field,
    labels: Object.fromEntries(groups.map(({ label, text }) => [label, text])),
    config: { ...field.config, displayNameFromDS: shown.map((text) => text || noValue).join(' ') },
  };
}
