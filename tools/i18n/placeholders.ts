/** Names of the values that are put into a text: `{{- name}}`, `{{count, number}}`. Sorted. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{-?\s*(\w+)/g)].map(([, name]) => name!).sort();
}
