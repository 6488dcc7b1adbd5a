import { callKey, type CallId } from '../../cdr/call-parts';
import { recordKey } from '../../cdr/record-key';
import type { CallChange, ForeignCall } from '../engine';
import { standingOf } from '../standing-of';
import type { Session } from './session';

/** A changed call as it stands in the feed, so short that a write of many calls has a short row. */
type FedCall = [server: string, linkedId: string, stood: ForeignCall['stood'], freshRecords: string[]];

/** A row of the feed. */
export interface FedChange {
  calls: ReadonlyArray<Omit<ForeignCall, 'parts'>>;
  /** Epoch milliseconds. */
  removedBefore: number | null;
}

/** Puts down what a write changed, within its transaction, for other processes to show. */
export async function feedChange(
  session: Session,
  process: string,
  changes: readonly CallChange[],
  removedBefore: number | null
): Promise<void> {
  if (changes.length === 0 && removedBefore === null) {
    return;
  }
  // One write may change a call twice.
  const latest = new Map(changes.map((change) => [callKey(change.id), change]));
  const calls = [...latest.values()].map(({ id: { server, linkedId }, known, fresh }): FedCall => [
    server,
    linkedId,
    standingOf(known),
    fresh.records.map(recordKey),
  ]);
  await session.run('INSERT INTO change (process, calls, removed_before) VALUES ($1, $2::jsonb, $3::bigint)', [
    process,
    JSON.stringify(calls),
    removedBefore,
  ]);
}

/** @param row `calls` and `removed_before` of the feed */
export function readChange(row: Readonly<Record<string, unknown>>): FedChange {
  const calls = (typeof row.calls === 'string' ? JSON.parse(row.calls) : row.calls) as FedCall[];
  return {
    calls: calls.map(([server, linkedId, stood, freshRecords]) => ({ id: { server, linkedId }, stood, freshRecords })),
    removedBefore: row.removed_before === null ? null : Number(row.removed_before),
  };
}

export function idsOf({ calls }: FedChange): CallId[] {
  return calls.map(({ id }) => id);
}
