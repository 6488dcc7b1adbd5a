/**
 * Brings a saved query of an older form to today's, at the one place where saved JSON comes in. Forms without a
 * `queryType` (a new panel, a query made by hand) ask for calls.
 */
export function migrateQuery(saved: object): Record<string, unknown> {
  const query: Record<string, unknown> = { ...saved };
  if (query.queryType === undefined || query.queryType === '') {
    query.queryType = 'metrics' in query ? 'statistics' : 'calls';
  }
  return query;
}
