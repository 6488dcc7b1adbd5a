import type { Direction } from './record';
import type { TalkEnd } from './talk-end';

/** How a call ended for the caller. Defined in docs/metrics.md. */
export const outcomes = ['answered', 'abandoned', 'missed', 'busy', 'failed', 'congestion', 'self-served'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a queue visit, an agent leg and a call have in common: the call they belong to. */
export interface CallContext {
  server: string;
  linkedId: string;
  source: string;
  destination: string;
  direction: Direction;
  /** Disposition of the record that decided the call. */
  disposition: string;
  /** Null while the call has no record yet. */
  outcome: Outcome | null;
  accountCode: string;
  /** Number first dialled. */
  did: string;
  /** Endpoint through which the call came or went; empty for one inside the PBX. */
  trunk: string;
  /** Agent who called out or a colleague; empty for a call from outside. */
  callingAgent: string;
  /** Seconds from the first record's start to the last record's end. */
  duration: number;
  /** Seconds that the PBX's wall clock was ahead of UTC. */
  utcOffset: number;
  custom: Readonly<Record<string, string>>;
}

/** The context of what belongs to no call, or to one that has no record yet. */
export const noCall: Omit<CallContext, 'server' | 'linkedId' | 'utcOffset'> = {
  source: '',
  destination: '',
  direction: 'unknown',
  disposition: '',
  outcome: null,
  accountCode: '',
  did: '',
  trunk: '',
  callingAgent: '',
  duration: 0,
  custom: {},
};

/** A fact before its call is known: what the call says of it left out. */
export type WithoutCall<T extends CallContext> = Omit<T, Exclude<keyof CallContext, 'utcOffset'>>;

/** All records that share (server, linkedId), as one row. Times in epoch milliseconds, spans in seconds. */
export interface Call extends CallContext {
  outcome: Outcome;
  startTime: number | null;
  /** When a person answered; null where nobody did. */
  answerTime: number | null;
  endTime: number | null;
  /** Seconds with a person on the line. */
  talkTime: number;
  /** Seconds in queues before an agent answered or the caller left. */
  waitTime: number;
  /** Seconds from start to the answer of a person, queue time left out; null where nobody answered. */
  ringTime: number | null;
  billableSeconds: number;
  /** Queue that answered, else the last one visited; empty without queues. */
  queue: string;
  /** Every queue visited, in order. */
  queues: readonly string[];
  /** Agent who answered first; empty where nobody did. */
  agent: string;
  /** Every agent who answered, in order. */
  agents: readonly string[];
  /** Who ended its last talk from a queue. */
  endedBy: TalkEnd;
  /** How often it was transferred. */
  transfers: number;
  /** How many CDR records the call left. */
  records: number;
  /** False where LinkedID is not mapped, so that the legs of one call may stand apart. */
  linkedIdMapped: boolean;
}

/** `left`: the caller left without an agent and the PBX counted no abandon (a key, or the PBX restarted). */
export type VisitOutcome = 'waiting' | 'answered' | 'abandoned' | 'left';

/** One caller's stay in one queue. */
export interface QueueVisit extends CallContext {
  queue: string;
  /** Caller's channel. */
  uniqueId: string;
  joinTime: number;
  leaveTime: number | null;
  visitOutcome: VisitOutcome;
  /** Hold time as the PBX gave it (AgentConnect, QueueCallerAbandon), else leave minus join. */
  waitTime: number;
  /**
   * Seconds from the joining to the moment at which the member answered, by which app_queue counts its service level; it
   * ends before the wait where the member hears an announcement first. Null where nobody answered.
   */
  answerDelay: number | null;
  /** TalkTime of AgentComplete, else from the records; null while the talk goes on or where its end was not heard. */
  talkTime: number | null;
  /** Agent who answered; empty where nobody did. */
  agent: string;
  /** Who ended the talk. */
  endedBy: TalkEnd;
  /** True when no queue events came and the visit was derived from records with lastApplication Queue. */
  derived: boolean;
  /** True when only the PBX's queue_log told of it. */
  imported: boolean;
}

/** One ring of one agent in one call, answered or not. */
export interface AgentLeg extends CallContext {
  agent: string;
  /** Queue that rang the agent; empty for a direct call. */
  queue: string;
  startTime: number;
  answered: boolean;
  /** The agent declined while the phone rang; of a direct call that is no unanswered ring. */
  refused: boolean;
  /** Seconds the agent's phone rang. */
  ringTime: number;
  /** Seconds of talk; null while it goes on or where its end was not heard. */
  talkTime: number | null;
  /** Who ended the talk; empty for a direct call. */
  endedBy: TalkEnd;
}

export const transferKinds = ['blind', 'attended'] as const;
export type TransferKind = (typeof transferKinds)[number];

/** What the target of a transfer is; a `number` is one that was dialled, wherever it led. */
export type TransferTargetKind = 'queue' | 'agent' | 'number' | 'unknown';

/** One transfer of a call, or a try that failed. */
export interface Transfer extends CallContext {
  kind: TransferKind;
  transferTime: number;
  /** Agent who transferred; empty where none is known. */
  agent: string;
  /** Queue in whose call he talked; empty for a direct call. */
  queue: string;
  /** Number that he dialled; empty where it is not known. */
  extension: string;
  /** Where it led: the queue, else the agent, else the number. Empty where nothing tells. */
  transferTarget: string;
  targetKind: TransferTargetKind;
  /** `Success`, or why it failed, as Asterisk says. */
  result: string;
  /** Who ended the talk before: `transfer`; empty for a direct call and a try that failed. */
  endedBy: TalkEnd;
  /** True when no event told of it and it was derived from records. */
  derived: boolean;
}

/** Values of the filter by whether a call was transferred. */
export const transferredValues = ['yes', 'no'] as const;

/** A try that failed is no transfer. */
export function isTransferred({ result }: Pick<Transfer, 'result'>): boolean {
  return result === 'Success';
}
