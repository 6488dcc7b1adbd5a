import type { Outcome } from '../../src/cdr/call';
import type { Direction } from '../../src/cdr/record';
import type { Channels } from './channels';
import type { CallerOptions } from './sipp';

/** What a scenario does with a PBX. */
export interface Hands {
  channels: Channels;
  /** One call; resolves when it is over. */
  call: (options: CallerOptions) => Promise<void>;
  /** An AMI action. */
  send: (action: Readonly<Record<string, string>>) => void;
}

/** What one call must come out as; inbound calls are known by their source, the others by their destination. */
export interface ExpectedCall {
  what: string;
  source?: string;
  destination?: string;
  outcome: Outcome;
  direction: Direction;
  /** Who answered first; empty where nobody did. */
  agent: string;
  /** The queue that was answered, else the last one. */
  queue: string;
  /** Where records name another phone than the queue does: the one that was talked to. */
  agentByRecords?: string;
  /** Who can't know of the call: amiws was away, Asterisk wrote no record, or both record and queue events are missing. */
  unknownTo?: 'live' | 'history' | 'all';
}

/** Who can tell of a call: through amiws, by a login to the AMI that lasts, or from records. */
export type Source = 'live' | 'ami' | 'csv' | 'table';

/** Whether a source can know of a call. */
export function isKnownTo(source: Source, { unknownTo }: ExpectedCall): boolean {
  const lacks: Record<Source, ExpectedCall['unknownTo']> = {
    live: 'live',
    ami: 'all',
    csv: 'history',
    table: 'history',
  };
  return unknownTo === undefined || ![lacks[source], 'all'].includes(unknownTo);
}

/** Calls that follow one another, since they share a phone. */
export interface Scenario {
  take: (hands: Hands) => Promise<void>;
  calls: readonly ExpectedCall[];
}

export function inbound(
  what: string,
  source: string,
  outcome: Outcome,
  agent = '',
  queue = '',
  more: Pick<ExpectedCall, 'agentByRecords' | 'unknownTo'> = {}
): ExpectedCall {
  return { what, source, outcome, direction: 'inbound', agent, queue, ...more };
}
