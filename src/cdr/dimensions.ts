/** What statistics can be grouped by; a custom field is `custom.<label>`. */
export const dimensions = [
  'agent',
  'queue',
  'direction',
  'disposition',
  'outcome',
  'server',
  'hourOfDay',
  'dayOfWeek',
  'accountCode',
] as const;
export type Dimension = (typeof dimensions)[number] | `custom.${string}`;

export const daysOfWeek = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Label of a custom field's dimension; null for the others. */
export function customLabel(dimension: Dimension): string | null {
  return dimension.startsWith('custom.') ? dimension.slice('custom.'.length) : null;
}
