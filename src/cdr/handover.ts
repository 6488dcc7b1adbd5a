import type { TransferDetails } from './queue-event';
import type { TransferKind } from './call';

/** A moment at which somebody passed a party of a call on, or tried to: what a transfer is before its parties are known. */
export interface Handover extends TransferDetails {
  kind: TransferKind;
  /** Epoch milliseconds. */
  at: number;
  /** Agent who passed on; empty where that is not told. */
  agent: string;
  /** Channel of whoever was passed on. */
  uniqueId: string;
  utcOffset: number;
  derived: boolean;
}
