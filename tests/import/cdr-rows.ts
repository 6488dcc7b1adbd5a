import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { EventReader } from '../../src/amiws/event-reader';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import type { CallParts } from '../../src/cdr/call-parts';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultDerivation } from '../support/cdr-builders';

export type Fields = Readonly<Record<string, string>>;

/** What a real PBX sent of its calls: the fields of each `Cdr` event, and what is read of all events. */
export function captured(server: string): { cdrs: Fields[]; live: CallParts } {
  const capture = readFileSync(path.join(__dirname, '../captures/two-pbx.jsonl'), 'utf8');
  const reader = new EventReader({
    rules: defaultDerivation.rules,
    clocks: new PbxClocks(defaultDerivation),
    clockOffset: () => 0,
    onProblem: () => undefined,
  });
  const events = parseCapture(capture)
    .map(({ at, data }) => decodeFrame(data, at))
    .filter((frame) => frame.kind === 'event' && frame.server === server);
  const parts = events.map((event) => (event.kind === 'event' ? reader.read(event) : { records: [], events: [] }));
  return {
    cdrs: events.flatMap((event) => (event.kind === 'event' && event.name === 'Cdr' ? [event.fields] : [])),
    live: { records: parts.flatMap(({ records }) => records), events: parts.flatMap((part) => part.events) },
  };
}

const labelled = (fields: Fields, label: string): string =>
  Object.entries(fields).find(([name]) => name.toLowerCase() === label)?.[1] ?? '';

/** Columns of a table, each with what a CDR backend of Asterisk writes there. */
export type Columns = Readonly<Record<string, { sql: string; value: (fields: Fields) => string | null }>>;

const text = (field: string) => ({ sql: 'varchar(80)', value: (fields: Fields) => fields[field] ?? '' });
const mapped = (label: string) => ({ sql: 'varchar(80)', value: (fields: Fields) => labelled(fields, label) });
const whole = (field: string) => ({ sql: 'int', value: (fields: Fields) => fields[field] ?? '0' });
const wall = (field: string, sql: string) => ({ sql, value: (fields: Fields) => fields[field] || null });
const amaFlags = ['', 'OMIT', 'BILLING', 'DOCUMENTATION'];

const common: Columns = {
  clid: text('CallerID'),
  src: text('Source'),
  dst: text('Destination'),
  dcontext: text('DestinationContext'),
  channel: text('Channel'),
  dstchannel: text('DestinationChannel'),
  lastapp: text('LastApplication'),
  lastdata: text('LastData'),
  accountcode: text('AccountCode'),
  userfield: text('UserField'),
};

/** FreePBX's `asteriskcdrdb.cdr`, written by cdr_adaptive_odbc with `alias start => calldate`. */
export const freepbx: Columns = {
  calldate: wall('StartTime', 'datetime'),
  ...common,
  duration: whole('Duration'),
  billsec: whole('BillableSeconds'),
  disposition: text('Disposition'),
  amaflags: { sql: 'int', value: ({ AMAFlags }) => String(amaFlags.indexOf(AMAFlags ?? '')) },
  uniqueid: text('UniqueID'),
  did: { sql: 'varchar(50)', value: ({ Destination }) => Destination ?? '' },
  recordingfile: { sql: 'varchar(255)', value: ({ UniqueID }) => `in-${UniqueID}.wav` },
  cnum: { sql: 'varchar(80)', value: () => '' },
  linkedid: mapped('linkedid'),
  sequence: mapped('sequence'),
};

/** The table of Asterisk's documentation for cdr_pgsql: times with a zone, and here seconds with fractions. */
export const pgsql: Columns = {
  start: wall('StartTime', 'timestamp with time zone'),
  answer: wall('AnswerTime', 'timestamp with time zone'),
  end: wall('EndTime', 'timestamp with time zone'),
  ...common,
  duration: { sql: 'float', value: ({ Duration }) => `${Duration}.250000` },
  billsec: { sql: 'float', value: ({ BillableSeconds }) => `${BillableSeconds}.125000` },
  disposition: text('Disposition'),
  amaflags: text('AMAFlags'),
  uniqueid: text('UniqueID'),
  linkedid: mapped('linkedid'),
};

/** The least that cdr_odbc writes: no linked id, no sequence, no times but the start, numbers for dispositions. */
export const least: Columns = {
  calldate: wall('StartTime', 'timestamp'),
  ...common,
  duration: whole('Duration'),
  billsec: whole('BillableSeconds'),
  disposition: {
    sql: 'int',
    value: ({ Disposition }) =>
      String({ 'NO ANSWER': 0, FAILED: 2, BUSY: 4, ANSWERED: 8, CONGESTION: 16 }[Disposition ?? ''] ?? ''),
  },
  amaflags: { sql: 'int', value: () => '3' },
  uniqueid: text('UniqueID'),
};
