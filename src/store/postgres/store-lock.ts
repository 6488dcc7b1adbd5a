/**
 * The statement by which writes to a schema, of any process, come one after the other. The lock ends with the transaction,
 * so that a pooler in between does no harm.
 */
export function storeLock(schema: string): [sql: string, values: unknown[]] {
  return ["SELECT pg_advisory_xact_lock(hashtextextended('amiws-cdr ' || $1, 0))", [schema]];
}
