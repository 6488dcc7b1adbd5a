/** Which way a call went, seen from the PBX. */
export const directions = ['inbound', 'outbound', 'internal', 'unknown'] as const;
export type Direction = (typeof directions)[number];

/** Dispositions that Asterisk writes; a record keeps whatever its PBX wrote. Source: Asterisk `ast_cdr_disp2str`. */
export const dispositions = ['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', 'CANCEL'] as const;

/**
 * One `Cdr` event. A record is not a call: one caller in a queue leaves many.
 *
 * Times are UTC instants in epoch milliseconds, null where the PBX gave none or one that can't be read.
 */
export interface CdrRecord {
  /** amiws `server_name`: part of every key, since two PBXes give out the same UniqueID. */
  server: string;
  uniqueId: string;
  /** The mapped field labelled LinkedID, else the UniqueID. */
  linkedId: string;
  /** False where the PBX maps no LinkedID, so that the legs of one call may stand apart. */
  linkedIdMapped: boolean;
  /** The mapped field labelled Sequence; null where it is not mapped. */
  sequence: number | null;
  startTime: number | null;
  answerTime: number | null;
  endTime: number | null;
  /** Seconds that the PBX's wall clock was ahead of UTC at the start. */
  utcOffset: number;
  /** Seconds from start to end. */
  duration: number;
  /** Seconds from answer to end. */
  billableSeconds: number;
  source: string;
  destination: string;
  destinationContext: string;
  callerId: string;
  channel: string;
  destinationChannel: string;
  lastApplication: string;
  lastData: string;
  /** As the PBX wrote it; an unknown one stays what it is. */
  disposition: string;
  amaFlags: string;
  accountCode: string;
  userField: string;
  direction: Direction;
  /** Extension of the person on the destination channel; empty where there is none. */
  agent: string;
  /** Number first dialled, see `didOf`. */
  did: string;
  /** Endpoint of the channel that leads outside, such as `PJSIP/trunk-acme`; empty where none does. */
  trunk: string;
  /** Extension of the agent who called out or a colleague; empty for calls from outside. */
  callingAgent: string;
  /** Queue whose member was rung; empty for other applications. */
  queue: string;
  /** Mapped fields that have no column of their own, label to value. */
  custom: Readonly<Record<string, string>>;
  /** True where only the PBX's own CDR table or file told of it. */
  imported: boolean;
  /** True where its PBX's queue events were heard all through it, so that they tell its queue visits, not the record. */
  queueEventsHeard: boolean;
}
