import type { Call } from './call';
import { factRows } from './fact-rows';
import { matchesFilters, type CdrFilters } from './filters';
import type { CdrRecord } from './record';

const noFacts = { visits: [], legs: [], transfers: [] };
/** Filters go by none. */
const anyThresholds = { serviceLevelThreshold: 0 };

/** Whether the filters let a call through. One without a start belongs to no range, and none lets it through. */
export function callMatches(call: Call, filters: CdrFilters): boolean {
  return factRows({ ...noFacts, call }, [], anyThresholds).some((row) => matchesFilters(row, filters));
}

/** Whether the filters let a record through, whose outcome is that of its call. */
export function recordMatches(record: CdrRecord, call: Call | null, filters: CdrFilters): boolean {
  return factRows({ ...noFacts, call }, [record], anyThresholds).some(
    (row) => row.fact === 'record' && matchesFilters(row, filters)
  );
}
