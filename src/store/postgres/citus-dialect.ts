import type { Dialect } from '../sql/dialect';
import { postgresDialect, rowsFoundByVacuum } from './postgres-dialect';

/** Of tables that are spread: the coordinator's own parts are empty, and each shard knows how many rows it has. */
export const citusDialect: Dialect = {
  ...postgresDialect,
  estimate: {
    from: postgresDialect.estimate!.from,
    rows: (table) =>
      `(SELECT sum(CAST(result AS BIGINT)) FROM run_command_on_shards('${table}', ` +
      `$$SELECT CAST(${rowsFoundByVacuum('%s')} AS BIGINT)$$) WHERE success)`,
  },
};
