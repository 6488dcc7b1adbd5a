import type { Answer, AnswerField, TextOrigin } from './answer';
import { isWanted, type StatusColumn, type StatusQueryType } from '../query/status-columns';

/** A column of an answer that tells of this moment. */
export interface StatusField<T> {
  name: keyof T & string;
  title: string;
  type: 'string' | 'number' | 'time';
  /** Where its texts come from; names of PBXes and queues where nothing is said. */
  origin?: TextOrigin;
  /** True where its texts are lists of ids, with `, ` between them. */
  isList?: boolean;
  unit?: string;
  /** True for one that a row may lack. */
  nullable?: boolean;
}

/** One row a queue, agent or PBX, at this moment, in a form that an alert rule can take. */
export function statusAnswer<T extends object>(
  { name, type, fields }: { name: string; type: StatusQueryType; fields: ReadonlyArray<StatusField<T>> },
  rows: readonly T[],
  wanted: readonly StatusColumn[]
): Answer {
  const shown = fields.filter((field) => isWanted(field.name, type, wanted));
  const isNumeric = shown.every((field) => field.type !== 'time');
  return {
    name,
    meta: { ...(isNumeric && { type: 'numeric-long', typeVersion: [0, 1] }), preferredVisualisationType: 'table' },
    fields: shown.map((field): AnswerField => ({
      name: field.name,
      type: field.type,
      nullable: field.nullable === true,
      origin: field.origin ?? 'system',
      ...(field.isList && { isList: true }),
      config: { displayNameFromDS: field.title, ...(field.unit ? { unit: field.unit } : {}) },
      values: rows.map((row) => row[field.name] as AnswerField['values'][number]),
    })),
  };
}
