import type { CallRules } from './call-rules';
import type { PbxClock } from './pbx-clock';
import type { CdrRecord } from './record';
import { ruledFields } from './ruled-fields';
import { parseWallClock } from './wall-clock';

/** What a Cdr event lacked or had wrong, though a record could be made of it. */
const recordProblems = ['start-time', 'duration', 'unique-id', 'labels'] as const;
export type RecordProblem = (typeof recordProblems)[number];

export function isRecordProblem(reason: string): reason is RecordProblem {
  return (recordProblems as readonly string[]).includes(reason);
}

export interface ReadRecord {
  record: CdrRecord;
  problems: RecordProblem[];
}

/** Fields with a column of their own, and those of the event itself. Source: Asterisk cdr_manager. */
const ownFields = new Set([
  'Event',
  'Privilege',
  'Timestamp',
  'SystemName',
  'AccountCode',
  'Source',
  'Destination',
  'DestinationContext',
  'CallerID',
  'Channel',
  'DestinationChannel',
  'LastApplication',
  'LastData',
  'StartTime',
  'AnswerTime',
  'EndTime',
  'Duration',
  'BillableSeconds',
  'Disposition',
  'AMAFlags',
  'UniqueID',
  'UserField',
]);

/**
 * A record from the fields of a Cdr event. Nothing is guessed: a time that can't be read is null, an unknown
 * disposition stays what it is, and what was wrong stands in `problems`.
 * @param arrivedAt when it came by the PBX's clock, epoch milliseconds; null for one that is read from history
 */
export function recordFromFields(
  server: string,
  fields: Readonly<Record<string, string>>,
  clock: PbxClock,
  rules: CallRules,
  arrivedAt: number | null
): ReadRecord {
  const problems: RecordProblem[] = [];
  const field = (name: string): string => fields[name] ?? '';
  const mapped = mappedFields(fields);
  if (mapped.left > 0) {
    problems.push('labels');
  }
  const uniqueId = field('UniqueID');
  if (uniqueId === '') {
    problems.push('unique-id');
  }
  const wall = parseWallClock(field('StartTime'));
  if (wall === null) {
    problems.push('start-time');
  }
  const duration = wholeSeconds(field('Duration'));
  const billableSeconds = wholeSeconds(field('BillableSeconds'));
  if (duration === null || billableSeconds === null) {
    problems.push('duration');
  }
  const wallEnd = parseWallClock(field('EndTime'));
  const arrival = arrivedAt === null || wallEnd === null ? null : { end: wallEnd, at: arrivedAt };
  const utcOffset = wall === null ? 0 : (clock.offsetOf(wall, uniqueId, arrival) ?? 0);
  const startTime = wall === null ? null : wall - utcOffset * 1000;
  const channels = { channel: field('Channel'), destinationChannel: field('DestinationChannel') };
  const lastApplication = field('LastApplication');
  const facts = {
    ...channels,
    destinationContext: field('DestinationContext'),
    source: field('Source'),
    destination: field('Destination'),
    accountCode: field('AccountCode'),
    lastApplication,
    lastData: field('LastData'),
  };
  return {
    problems,
    record: {
      ...facts,
      server,
      uniqueId,
      linkedId: mapped.linkedId || uniqueId,
      linkedIdMapped: mapped.linkedId !== '',
      sequence: wholeSeconds(mapped.sequence),
      startTime,
      answerTime: later(field('AnswerTime'), startTime, utcOffset, duration),
      endTime: later(field('EndTime'), startTime, utcOffset, duration),
      utcOffset,
      duration: duration ?? 0,
      billableSeconds: billableSeconds ?? 0,
      callerId: field('CallerID'),
      disposition: field('Disposition'),
      amaFlags: field('AMAFlags'),
      userField: field('UserField'),
      ...ruledFields({ ...facts, custom: mapped.custom }, rules),
      queue: lastApplication === 'Queue' ? facts.lastData.split(',', 1)[0]! : '',
      custom: mapped.custom,
      imported: false,
      queueEventsHeard: false,
    },
  };
}

/** Custom fields of a record: what a dial plan sets are some ten. */
const mostLabels = 200;

interface MappedFields {
  linkedId: string;
  sequence: string;
  custom: Record<string, string>;
  /** Custom fields that are left out, since there are too many. */
  left: number;
}

/** `[mappings]` of cdr_manager.conf let the administrator choose every label, so linkedid is known in any case of letters. */
function mappedFields(fields: Readonly<Record<string, string>>): MappedFields {
  const mapped: MappedFields = { linkedId: '', sequence: '', custom: {}, left: 0 };
  let labels = 0;
  for (const [label, value] of Object.entries(fields)) {
    if (ownFields.has(label)) {
      continue;
    }
    const lower = label.toLowerCase();
    if (lower === 'linkedid') {
      mapped.linkedId = value;
    } else if (lower === 'sequence') {
      mapped.sequence = value;
    } else if (labels < mostLabels) {
      labels++;
      mapped.custom[label] = value;
    } else {
      mapped.left++;
    }
  }
  return mapped;
}

/**
 * An instant of the same record: the start's offset holds, but for a clock change within the record, which shows as
 * whole half hours between the time read and the span that Duration allows.
 */
function later(text: string, startTime: number | null, utcOffset: number, duration: number | null): number | null {
  const wall = parseWallClock(text);
  if (wall === null) {
    return null;
  }
  const time = wall - utcOffset * 1000;
  if (startTime === null || duration === null) {
    return time;
  }
  const latest = startTime + duration * 1000;
  const steps = (excess: number): number => Math.max(0, Math.ceil((excess - tolerance) / halfHour));
  return time + (steps(startTime - time) - steps(time - latest)) * halfHour;
}

const halfHour = 1_800_000;
/** Duration and the times are whole seconds, rounded apart. */
const tolerance = 60_000;

function wholeSeconds(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
