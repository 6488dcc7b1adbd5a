import { noValue } from '../cdr/dimensions';
import type { AnswerField } from './answer';
import { mappingsOf } from './value-mappings';

const mappings = mappingsOf([['', noValue]])!;

/** A field of groups whose empty value reads as `noValue`. */
export function readNone(field: AnswerField): AnswerField {
  return field.values.includes('') ? { ...field, config: { ...field.config, mappings } } : field;
}
