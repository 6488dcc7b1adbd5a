import { parseWallClock } from '../cdr/wall-clock';
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

/**
 * A row as the fields of the `Cdr` event that told of the same record: times by the PBX's clock, whole seconds, texts for
 * numbers. Times that a table lacks are told from the others.
 */
export function rowFields(row: Readonly<Record<string, string>>, clock: TableClock): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [field, value] of Object.entries(row)) {
    // An empty custom field tells nothing, and tables have many.
    if (value !== '' || own.has(field)) {
      fields[field] = value;
    }
  }
  const uniqueId = row.UniqueID ?? '';
  for (const field of times) {
    fields[field] = clock.pbxWall(row[field] ?? '', uniqueId);
  }
  fields.Duration = wholeSeconds(row.Duration);
  fields.BillableSeconds = wholeSeconds(row.BillableSeconds);
  const disposition = (row.Disposition ?? '').trim();
  fields.Disposition = dispositions[disposition] ?? disposition;
  fields.AMAFlags = amaFlags[row.AMAFlags ?? ''] ?? row.AMAFlags ?? '';
  return withTimes(fields);
}

/** PostgreSQL columns of a float type get fractions, which Asterisk cuts off elsewhere. */
function wholeSeconds(text: string | undefined): string {
  return (text ?? '').replace(/\.\d*$/, '');
}

function withTimes(fields: Record<string, string>): Record<string, string> {
  const start = parseWallClock(fields.StartTime!);
  if (start === null) {
    return fields;
  }
  const end = start + Number(fields.Duration) * 1000;
  fields.EndTime ||= wallText(end);
  if (fields.Disposition === 'ANSWERED') {
    fields.AnswerTime ||= wallText(end - Number(fields.BillableSeconds) * 1000);
  }
  return fields;
}
