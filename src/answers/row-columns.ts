import type { Call } from '../cdr/call';
import { customText } from '../cdr/dimensions';
import { mapInTurns } from '../cdr/in-turns';
import type { CdrRecord } from '../cdr/record';
import type { Answer, AnswerField, AnswerMeta, TextOrigin } from './answer';
import { checkCells } from './answer-bounds';
import { sentence } from '../sentences/sentence';

/** What the rows of each kind are. */
export interface RowKinds {
  records: CdrRecord;
  calls: Call;
}
export type RowKind = keyof RowKinds;

export interface Column<T> {
  name: keyof T & string;
  title: string;
  type: AnswerField['type'];
  /** Where its texts come from; `free` where nothing is said. */
  origin?: TextOrigin;
  unit?: string;
  /** True for the time that every row has. */
  required?: boolean;
}

const recordColumns: ReadonlyArray<Column<CdrRecord>> = [
  { name: 'startTime', title: 'Start time', type: 'time', required: true },
  { name: 'answerTime', title: 'Answer time', type: 'time' },
  { name: 'endTime', title: 'End time', type: 'time' },
  { name: 'direction', title: 'Direction', type: 'string', origin: 'system' },
  { name: 'source', title: 'Source', type: 'string' },
  { name: 'destination', title: 'Destination', type: 'string' },
  { name: 'disposition', title: 'Disposition', type: 'string', origin: 'system' },
  { name: 'duration', title: 'Duration', type: 'number', unit: 's' },
  { name: 'billableSeconds', title: 'Billable seconds', type: 'number', unit: 's' },
  { name: 'queue', title: 'Queue', type: 'string', origin: 'system' },
  { name: 'agent', title: 'Agent', type: 'string' },
  { name: 'callingAgent', title: 'Calling agent', type: 'string' },
  { name: 'did', title: 'DID', type: 'string' },
  { name: 'trunk', title: 'Trunk', type: 'string' },
  { name: 'callerId', title: 'Caller ID', type: 'string' },
  { name: 'channel', title: 'Channel', type: 'string' },
  { name: 'destinationChannel', title: 'Destination channel', type: 'string' },
  { name: 'destinationContext', title: 'Destination context', type: 'string' },
  { name: 'lastApplication', title: 'Last application', type: 'string', origin: 'system' },
  { name: 'lastData', title: 'Last data', type: 'string' },
  { name: 'accountCode', title: 'Account code', type: 'string', origin: 'system' },
  { name: 'amaFlags', title: 'AMA flags', type: 'string', origin: 'system' },
  { name: 'userField', title: 'User field', type: 'string' },
  { name: 'server', title: 'Server', type: 'string', origin: 'system' },
  { name: 'uniqueId', title: 'Unique ID', type: 'string', origin: 'callId' },
  { name: 'linkedId', title: 'Linked ID', type: 'string', origin: 'callId' },
  { name: 'sequence', title: 'Sequence', type: 'number' },
];

const callColumns: ReadonlyArray<Column<Call>> = [
  { name: 'startTime', title: 'Start time', type: 'time', required: true },
  { name: 'answerTime', title: 'Answer time', type: 'time' },
  { name: 'endTime', title: 'End time', type: 'time' },
  { name: 'direction', title: 'Direction', type: 'string', origin: 'system' },
  { name: 'source', title: 'Source', type: 'string' },
  { name: 'destination', title: 'Destination', type: 'string' },
  { name: 'outcome', title: 'Outcome', type: 'string', origin: 'system' },
  { name: 'queue', title: 'Queue', type: 'string', origin: 'system' },
  { name: 'agent', title: 'Agent', type: 'string' },
  { name: 'callingAgent', title: 'Calling agent', type: 'string' },
  { name: 'did', title: 'DID', type: 'string' },
  { name: 'trunk', title: 'Trunk', type: 'string' },
  { name: 'endedBy', title: 'Ended by', type: 'string', origin: 'system' },
  { name: 'duration', title: 'Duration', type: 'number', unit: 's' },
  { name: 'talkTime', title: 'Talk time', type: 'number', unit: 's' },
  { name: 'waitTime', title: 'Wait time', type: 'number', unit: 's' },
  { name: 'ringTime', title: 'Ring time', type: 'number', unit: 's' },
  { name: 'billableSeconds', title: 'Billable seconds', type: 'number', unit: 's' },
  { name: 'disposition', title: 'Disposition', type: 'string', origin: 'system' },
  { name: 'accountCode', title: 'Account code', type: 'string', origin: 'system' },
  { name: 'transfers', title: 'Transfers', type: 'number' },
  { name: 'records', title: 'CDR records', type: 'number' },
  { name: 'server', title: 'Server', type: 'string', origin: 'system' },
  { name: 'linkedId', title: 'Linked ID', type: 'string', origin: 'callId' },
];

/** The columns of a row, but for its custom fields. */
export const rowColumns: { readonly [K in RowKind]: ReadonlyArray<Column<RowKinds[K]>> } = {
  records: recordColumns,
  calls: callColumns,
};

/** A table of records, one row each, with a column for each custom field that any row has. */
export function recordsAnswer(records: readonly CdrRecord[], meta: AnswerMeta): Promise<Answer> {
  return rowsAnswer('Call records', recordColumns, records, meta);
}

/** A table of calls, one row each. */
export function callsAnswer(calls: readonly Call[], meta: AnswerMeta): Promise<Answer> {
  return rowsAnswer('Calls', callColumns, calls, meta);
}

async function rowsAnswer<T extends { custom: Readonly<Record<string, string>> }>(
  name: string,
  columns: ReadonlyArray<Column<T>>,
  rows: readonly T[],
  meta: AnswerMeta
): Promise<Answer> {
  const labels = new Set<string>();
  await mapInTurns(rows, (row) => Object.keys(row.custom).forEach((label) => labels.add(label)));
  checkCells(rows.length, columns.length + labels.size, sentence('query.lower-limit'));
  const fields: AnswerField[] = [];
  for (const { name: property, title, type, origin, unit, required } of columns) {
    fields.push({
      name: property,
      type,
      ...(origin && { origin }),
      nullable: !required,
      config: { displayNameFromDS: title, ...(unit ? { unit } : {}) },
      values: await mapInTurns(rows, (row) => row[property] as AnswerField['values'][number]),
    });
  }
  for (const label of [...labels].sort()) {
    fields.push({
      name: `custom.${label}`,
      type: 'string',
      nullable: false,
      config: { displayNameFromDS: label },
      values: await mapInTurns(rows, (row) => customText(row.custom, label)),
    });
  }
  return { name, meta: { preferredVisualisationType: 'table', ...meta }, fields };
}
