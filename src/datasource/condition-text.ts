import type { Condition } from '../cdr/conditions';
import { fieldTitle } from '../say/field-title';
import { valueText } from '../say/value-text';

/** A condition as one reads it: `Queue != sales, support`. */
export function conditionText({ field, operator, values }: Condition): string {
  return `${fieldTitle(field)} ${operator} ${values.map((value) => valueText(field, value)).join(', ')}`;
}
