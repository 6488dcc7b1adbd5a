import { decodeText } from '../cdr/decode-text';

/** Of what was read of a file, no record is longer. Bytes. */
export const longestRecord = 64 * 1024;

const comma = 44;
const quote = 34;
const newline = 10;
const carriageReturn = 13;

export interface CsvRecord {
  fields: string[];
  /** Where the next one begins. */
  end: number;
}

/**
 * The record that begins at `from`; null where its end is not there yet. A field in quotes may hold commas, newlines and
 * quotes: doubled ones, and such that no comma or end of line follows, as cdr_custom writes them without CSV_QUOTE. Each
 * field is read as UTF-8 where it is, else as Latin-1.
 */
export function csvRecord(bytes: Buffer, from: number): CsvRecord | null {
  const fields: string[] = [];
  for (let at = from; ; at++) {
    const isQuoted = bytes[at] === quote;
    const end = isQuoted ? endOfQuoted(bytes, at + 1) : endOfPlain(bytes, at);
    if (end === null) {
      return null;
    }
    fields.push(isQuoted ? unquoted(bytes.subarray(at + 1, end)) : decodeText(bytes.subarray(at, end)));
    at = isQuoted ? end + 1 : end;
    if (bytes[at] !== comma) {
      return { fields, end: bytes[at] === carriageReturn ? at + 2 : at + 1 };
    }
  }
}

/** Where the next line begins; null where none does. */
export function nextLine(bytes: Buffer, from: number): number | null {
  const at = bytes.indexOf(newline, from);
  return at < 0 ? null : at + 1;
}

/** Where the quote is that closes a field. */
function endOfQuoted(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 1)) {
    if (bytes[at + 1] === quote) {
      at++;
    } else if (isEndOfField(bytes, at + 1)) {
      return at;
    }
  }
  return null;
}

function endOfPlain(bytes: Buffer, from: number): number | null {
  let at = from;
  while (at < bytes.length && !isEndOfField(bytes, at)) {
    at++;
  }
  return at < bytes.length ? at : null;
}

function isEndOfField(bytes: Buffer, at: number): boolean {
  const byte = bytes[at];
  return byte === comma || byte === newline || (byte === carriageReturn && bytes[at + 1] === newline);
}

function unquoted(bytes: Buffer): string {
  return decodeText(bytes).replaceAll('""', '"');
}
