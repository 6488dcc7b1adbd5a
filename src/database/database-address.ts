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
