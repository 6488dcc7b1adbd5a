import { settledWithin } from '../../store/duckdb/settled-within';

export interface Phase {
  name: string;
  /** How long it is waited for, milliseconds: Grafana ends a plugin that is still there two seconds after it is to stop. */
  ms: number;
  work: () => Promise<unknown>;
}

/**
 * Does one phase after the other. One that takes longer than it may goes on by itself while the next one begins.
 * @returns false when the last one was not done in time
 */
export async function inPhases(
  phases: readonly Phase[],
  onLate: (name: string, waitedMs: number) => void
): Promise<boolean> {
  let isInTime = true;
  for (const { name, ms, work } of phases) {
    isInTime = await settledWithin(work(), ms);
    if (!isInTime) {
      onLate(name, ms);
    }
  }
  return isInTime;
}
