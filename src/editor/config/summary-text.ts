/** What a folded section has set, of parts that are empty where the default holds. */
export function summaryText(...parts: ReadonlyArray<string | false | null | undefined>): string {
  return parts.filter(Boolean).join(', ');
}
