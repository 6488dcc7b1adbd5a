import { FieldType, toDataFrame, type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import type { Answer, AnswerField, AnswerMeta } from '../answers/answer';

const fieldTypes: Readonly<Record<AnswerField['type'], FieldType>> = {
  time: FieldType.time,
  number: FieldType.number,
  string: FieldType.string,
  boolean: FieldType.boolean,
  json: FieldType.other,
};

/** Grafana would show a negative zero as -0. */
function withoutNegativeZero(value: AnswerField['values'][number]): AnswerField['values'][number] {
  return typeof value === 'number' ? value + 0 : value;
}

/** An answer as Grafana's panels take it, with more notices than its own. */
export function dataFrameOf(refId: string, answer: Answer, notices: NonNullable<AnswerMeta['notices']>): DataFrame {
  const { name, meta, fields } = answer;
  return toDataFrame({
    refId,
    name,
    meta: { ...meta, notices: [...(meta.notices ?? []), ...notices] as QueryResultMetaNotice[] },
    fields: fields.map(({ name, type, labels, config, values }) => ({
      name,
      type: fieldTypes[type],
      labels,
      config,
      values: type === 'number' ? values.map(withoutNegativeZero) : values,
    })),
  });
}
