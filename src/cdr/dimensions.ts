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

/** Label of a custom field's dimension; null for other fields. */
export function customLabel(dimension: string): string | null {
  return dimension.startsWith('custom.') ? dimension.slice('custom.'.length) : null;
}
