import { DuckDBConnection } from '@duckdb/node-api';

let total = 0;

/** Begins to add up what statements of this process take in DuckDB: until their results are there, before rows are read. */
export function timeEngine(): void {
  const { run } = DuckDBConnection.prototype;
  DuckDBConnection.prototype.run = async function (...statement) {
    const start = performance.now();
    try {
      return await run.apply(this, statement);
    } finally {
      total += performance.now() - start;
    }
  };
}

/** Milliseconds so far, of all statements together. */
export const engineMilliseconds = (): number => total;
