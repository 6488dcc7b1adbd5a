import type { Answer, AnswerField, TextOrigin } from './answer';
import { isWanted, type StatusColumn, type StatusQueryType } from '../query/status-columns';

/** A column of an answer that tells of this moment. */
export interface StatusField<T> {
  name: keyof T & string;
  title: string;
  type: 'string' | 'number';
  /** Where its texts come from; names of PBXes and queues where nothing is said. */
  origin?: TextOrigin;
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
  return {
    name,
    meta: { type: 'numeric-long', typeVersion: [0, 1], preferredVisualisationType: 'table' },
    fields: fields
      .filter((field) => isWanted(field.name, type, wanted))
      .map((field): AnswerField => ({
        name: field.name,
        type: field.type,
        nullable: field.nullable === true,
        origin: field.origin ?? 'system',
        config: { displayNameFromDS: field.title, ...(field.unit ? { unit: field.unit } : {}) },
        values: rows.map((row) => row[field.name] as AnswerField['values'][number]),
      })),
  };
}
