import { decodeText } from '../cdr/decode-text';

/** What could be read of a frame that is not JSON. Values in the order and with the text that the PBX sent. */
export interface RecoveredFrame {
  type: string;
  server: string;
  fields: Record<string, string>;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const escapes: Readonly<Record<string, number>> = { b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * Reads a frame that is not UTF-8 or not JSON by undoing exactly what amiws did to the PBX's bytes.
 *
 * amiws escapes quotes, backslashes and control characters byte by byte, but takes every byte from 0x80 on for the
 * start of a UTF-8 character and copies what it believes to be the rest of it unescaped (frozen.c, json_encode_string
 * and get_utf8_char_len). So in Latin-1 text the one to three bytes after an accented letter stand as the PBX sent
 * them: they may be a quote or a backslash, and mean themselves. Where the accented letter ends a value, that copy
 * runs over the value's end into a zero byte, which ends the whole frame: the last value is then what is there.
 *
 * Null when no server and no fields were found.
 */
export function recoverFrame(bytes: Uint8Array): RecoveredFrame | null {
  const outer: Array<[string, string]> = [];
  const fields: Array<[string, string]> = [];
  let target = outer;
  let at = bytes.indexOf(openBrace) + 1;
  while (at > 0 && at < bytes.length) {
    if (bytes[at] === closeBrace) {
      target = outer;
    }
    if (bytes[at] !== quote) {
      at++;
      continue;
    }
    const key = readText(bytes, at + 1, isKeyEnd);
    at = skip(bytes, key.next, (byte) => byte === colon || byte === 0x20);
    if (at >= bytes.length) {
      break;
    }
    if (bytes[at] === openBrace) {
      target = key.text === 'data' ? fields : target;
      at++;
      continue;
    }
    const value = bytes[at] === quote ? readText(bytes, at + 1, isValueEnd) : readBare(bytes, at);
    target.push([key.text, value.text]);
    at = value.next;
  }
  const frame = Object.fromEntries(outer);
  if (!frame.server_name || frame.type === undefined || fields.length === 0) {
    return null;
  }
  return { type: frame.type, server: frame.server_name, fields: Object.fromEntries(fields) };
}

interface ReadText {
  text: string;
  /** Index after what was read. */
  next: number;
}

function readText(bytes: Uint8Array, start: number, isEnd: (bytes: Uint8Array, at: number) => boolean): ReadText {
  const original: number[] = [];
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte === quote && isEnd(bytes, at)) {
      return { text: decodeText(Uint8Array.from(original)), next: at + 1 };
    }
    if (byte >= 0x80) {
      const end = at + copiedLength(byte);
      original.push(byte);
      at++;
      // A copied quote that nevertheless ends the value comes from a sender without amiws' flaw.
      while (at < Math.min(end, bytes.length) && !(bytes[at] === quote && isEnd(bytes, at))) {
        original.push(bytes[at]!);
        at++;
      }
    } else if (byte === backslash) {
      at += readEscape(bytes, at, original);
    } else {
      original.push(byte);
      at++;
    }
  }
  return { text: decodeText(Uint8Array.from(original)), next: at };
}

/** amiws' own table, which counts the middle bytes of UTF-8 as starts too. */
function copiedLength(byte: number): number {
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}

/** Adds the byte that an escape stands for; returns the length of the escape. */
function readEscape(bytes: Uint8Array, at: number, original: number[]): number {
  const escaped = bytes[at + 1];
  if (escaped === undefined) {
    return 1;
  }
  if (escaped === 0x75) {
    const digits = String.fromCharCode(...bytes.subarray(at + 2, at + 6));
    if (/^[0-9a-f]{4}$/i.test(digits)) {
      const code = parseInt(digits, 16);
      original.push(...(code < 0x80 ? [code] : new TextEncoder().encode(String.fromCharCode(code))));
      return 6;
    }
  }
  original.push(escapes[String.fromCharCode(escaped)] ?? escaped);
  return 2;
}

function readBare(bytes: Uint8Array, start: number): ReadText {
  const next = skip(bytes, start, (byte) => byte !== comma && byte !== closeBrace);
  return { text: decodeText(bytes.subarray(start, next)).trim(), next };
}

function isKeyEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === colon;
}

/** A quote ends a value where the next key or the end of the object follows; any other one belongs to the text. */
function isValueEnd(bytes: Uint8Array, at: number): boolean {
  let next = skipSpaces(bytes, at + 1);
  if (next >= bytes.length || bytes[next] === closeBrace) {
    return true;
  }
  if (bytes[next] !== comma) {
    return false;
  }
  next = skipSpaces(bytes, next + 1);
  if (next >= bytes.length) {
    return true;
  }
  if (bytes[next] !== quote) {
    return false;
  }
  const keyEnd = skip(bytes, next + 1, isKeyByte);
  return keyEnd >= bytes.length || (keyEnd > next + 1 && bytes[keyEnd] === quote);
}

/** What amiws accepts in the name of an AMI header: letters, digits and `-._` (amipack_parser_message.re). */
function isKeyByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5f
  );
}

function skipSpaces(bytes: Uint8Array, start: number): number {
  return skip(bytes, start, (byte) => byte === 0x20);
}

function skip(bytes: Uint8Array, start: number, while_: (byte: number) => boolean): number {
  let at = start;
  while (at < bytes.length && while_(bytes[at]!)) {
    at++;
  }
  return at;
}
