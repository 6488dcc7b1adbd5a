import type { Condition } from '../cdr/conditions';
import { fieldTitle } from '../say/field-title';

/** A condition as one reads it: `Queue != sales, support`. */
export function conditionText({ field, operator, values }: Condition): string {
  return `${fieldTitle(field)} ${operator} ${values.join(', ')}`;
}
