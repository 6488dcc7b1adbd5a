import type { AmiFrame } from './event';

/** Every action that is ever sent to a PBX that lets us in. Both only read. */
export type AmiAction = 'Ping' | 'QueueStatus';

/** An open way to PBXes, whatever lies between: amiws, or the AMI itself. */
export interface Wire {
  /** Sends an action to every PBX on it. Their answers carry the same `actionId`. */
  send(action: AmiAction, actionId: string): void;
}

/** `opened` once and first, as soon as actions can be sent; an Observable of them ends with ConnectionEnded. */
export type WireSignal = { kind: 'opened'; wire: Wire } | { kind: 'frame'; frame: AmiFrame };
