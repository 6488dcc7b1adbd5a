/** Where a table is and who reads it. */
export interface DatabaseAddress {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** `table` or `schema.table`. */
  table: string;
  /** With `ca` (PEM) certificates of that authority are taken, else those of the public ones. Null connects without TLS. */
  tls: { ca?: string } | null;
}

/** How long a database may take to answer the door, milliseconds. */
export const connectMs = 10_000;
/** How long one statement may take: a table without an index on its time is read whole for each. Milliseconds. */
export const statementMs = 300_000;
