import { parseWallClock } from '../cdr/wall-clock';
import { wellFormed } from '../cdr/well-formed';
import type { TableClock } from './table-clock';
import { wallText } from './wall-text';

/** Source: Asterisk include/asterisk/cdr.h, `ast_cdr_disposition`; columns of a number type get these. */
const dispositions: Readonly<Record<string, string>> = {
  '0': 'NO ANSWER',
  '1': 'NO ANSWER',
  '2': 'FAILED',
  '4': 'BUSY',
  '8': 'ANSWERED',
  '16': 'CONGESTION',
};

/** Source: Asterisk include/asterisk/channel.h, `ama_flags`. */
const amaFlags: Readonly<Record<string, string>> = { '1': 'OMIT', '2': 'BILLING', '3': 'DOCUMENTATION' };

const times = ['StartTime', 'AnswerTime', 'EndTime'] as const;
const own = new Set(['CallerID', 'Source', 'Destination', 'DestinationContext', 'Channel', 'DestinationChannel']);
/** No call lasts longer. Seconds. */
const longest = 100_000_000;
const day = 86_400_000;

export interface RowFields {
  fields: Record<string, string>;
  /** A duration that is no number of seconds, or one that can't be. */
  hasBadNumber: boolean;
}

/**
 * A row as the fields of the `Cdr` event of the same record: times by the PBX's clock, whole seconds, texts for numbers.
 * Times and durations that a table lacks, or has wrong, follow from the others where they do.
 */
export function rowFields(row: Readonly<Record<string, string>>, clock: TableClock): RowFields {
  const fields: Record<string, string> = {};
  for (const [field, value] of Object.entries(row)) {
    // An empty custom field tells nothing, and tables have many.
    if (value !== '' || own.has(field)) {
      fields[wellFormed(field)] = wellFormed(value);
    }
  }
  const uniqueId = row.UniqueID ?? '';
  for (const field of times) {
    fields[field] = clock.pbxWall(row[field] ?? '', uniqueId);
  }
  const disposition = (row.Disposition ?? '').trim();
  fields.Disposition = dispositions[disposition] ?? disposition;
  fields.AMAFlags = amaFlags[row.AMAFlags ?? ''] ?? row.AMAFlags ?? '';
  return withSeconds(fields, row.Duration ?? '', row.BillableSeconds ?? '');
}

function withSeconds(fields: Record<string, string>, durationText: string, billableText: string): RowFields {
  const [start, answer, end] = times.map((field) => parseWallClock(fields[field]!));
  const toldDuration = wholeSeconds(durationText);
  const isPossible = toldDuration !== null && (start == null || start + toldDuration * 1000 < Date.now() + 2 * day);
  const duration = isPossible ? toldDuration : secondsBetween(start, end);
  const toldBillable = wholeSeconds(billableText);
  // The two may be rounded apart.
  const isWithin = toldBillable !== null && toldBillable <= (duration ?? longest) + 1;
  const billable = isWithin ? toldBillable : secondsBetween(answer, end);
  fields.Duration = duration === null ? '' : String(duration);
  fields.BillableSeconds = billable === null ? '' : String(billable);
  if (start != null && duration !== null) {
    const ended = start + duration * 1000;
    fields.EndTime ||= wallText(ended);
    if (fields.Disposition === 'ANSWERED' && billable !== null) {
      fields.AnswerTime ||= wallText(ended - billable * 1000);
    }
  }
  return { fields, hasBadNumber: !isPossible || !isWithin };
}

/** PostgreSQL columns of a float type get fractions, which Asterisk cuts off elsewhere. Null for what is no duration. */
function wholeSeconds(text: string): number | null {
  const seconds = text.trim() === '' ? NaN : Number(text);
  return seconds >= 0 && seconds <= longest ? Math.floor(seconds) : null;
}

function secondsBetween(from: number | null | undefined, to: number | null | undefined): number | null {
  return from == null || to == null || to < from ? null : Math.floor((to - from) / 1000);
}
