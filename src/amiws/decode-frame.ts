import { decodeText, decodeUtf8 } from '../cdr/decode-text';
import { wellFormed, wellFormedFields } from '../cdr/well-formed';
import type { AmiFrame, BadFrame } from './event';
import { eventTime } from './event-time';
import { readHead } from './read-head';
import { recoverFrame } from './recover-frame';
import { nameOfEvent, usedEvents } from './used-events';

/** Bytes (characters of a string); no Cdr comes near it. */
const largestFrame = 1024 * 1024;
/** More than the longest head that amiws writes before the event's name. */
const headLength = 384;
const encoder = new TextEncoder();
const headOfString = new Uint8Array(headLength * 3);

const eventType = 3;
const responseType = 4;

type Fields = Record<string, string>;

/**
 * One WebSocket message of amiws, as text or as its bytes, that arrived `at` (epoch milliseconds). Never throws.
 *
 * Events that nothing uses are told apart before their JSON is parsed. Frames that are not UTF-8 or not JSON, which
 * amiws sends for real calls, are recovered. The time of an event is its own where the PBX adds it, see `eventTime`.
 */
export function decodeFrame(data: string | Uint8Array, at: number): AmiFrame {
  if (data.length > largestFrame) {
    return bad('too-large', data, at);
  }
  const head = readHead(typeof data === 'string' ? headBytes(data) : data);
  if (head !== null && !usedEvents.has(head.name)) {
    return { kind: 'skipped', server: head.server, at };
  }
  // What stands before the event's data is known by now, so only that is parsed.
  const text = head === null ? null : textOf(data, head.dataStart, data.length - 1);
  const fields = parseJson(text);
  if (head !== null && text !== null && isObject(fields) && areStrings(fields)) {
    const known = isPlain(text) ? fields : wellFormedFields(fields);
    return wellFormedMessage(eventType, head.server, known, false, at) ?? bad('wrong-type', data, at);
  }
  const json = parseJson(textOf(data, 0, data.length));
  return json === undefined ? recovered(data, at) : fromJson(json, data, at);
}

/** Null for bytes that are not UTF-8. */
function textOf(data: string | Uint8Array, start: number, end: number): string | null {
  return typeof data === 'string' ? data.slice(start, end) : decodeUtf8(data.subarray(start, end));
}

function headBytes(text: string): Uint8Array {
  const { written } = encoder.encodeInto(text.slice(0, headLength), headOfString);
  return headOfString.subarray(0, written);
}

/** True for JSON of which every text is well-formed, since an escape alone could make another; most is. */
function isPlain(json: string): boolean {
  return json.isWellFormed() && !json.includes('\\u');
}

/** Undefined, which JSON can't be, when the text is not JSON. */
function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recovered(data: string | Uint8Array, at: number): AmiFrame {
  const frame = recoverFrame(typeof data === 'string' ? encoder.encode(data) : data);
  return frame === null
    ? bad('not-json', data, at)
    : (message(Number(frame.type), frame.server, frame.fields, true, at) ?? bad('not-json', data, at));
}

function fromJson(json: unknown, data: string | Uint8Array, at: number): AmiFrame {
  if (!isObject(json) || !('type' in json) || !('server_name' in json) || !('data' in json)) {
    return bad('not-amiws', data, at);
  }
  // Not Number(json.type): an object may have no way to become one, and throws.
  const type = Number(text(json.type));
  const server = text(json.server_name);
  if (!Number.isInteger(type) || server === undefined || server === '' || !isObject(json.data)) {
    return bad('wrong-type', data, at);
  }
  const { fields, complete } = stringFields(json.data);
  return message(type, server, fields, !complete, at) ?? bad('wrong-type', data, at);
}

/** Null when an event has no name. Types other than event and response are the answers to other clients' commands. */
function message(type: number, name: string, data: Fields, recovered: boolean, at: number): AmiFrame | null {
  return wellFormedMessage(type, wellFormed(name), wellFormedFields(data), recovered, at);
}

function wellFormedMessage(
  type: number,
  server: string,
  fields: Fields,
  recovered: boolean,
  at: number
): AmiFrame | null {
  if (type === responseType) {
    return { kind: 'response', server, fields, at };
  }
  const name = fields.Event;
  if (type !== eventType) {
    return { kind: 'skipped', server, at };
  }
  if (name === undefined || name === '') {
    return null;
  }
  return usedEvents.has(name)
    ? { kind: 'event', server, name: nameOfEvent(name), fields, at: eventTime(fields.Timestamp, at), recovered }
    : { kind: 'skipped', server, at };
}

/** Numbers and booleans become text; null and nested values can't, and leave the fields incomplete. */
function stringFields(data: Record<string, unknown>): { fields: Fields; complete: boolean } {
  if (areStrings(data)) {
    return { fields: data, complete: true };
  }
  const entries = Object.entries(data).map(([key, value]) => [key, text(value)] as const);
  const known = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  return { fields: Object.fromEntries(known), complete: known.length === entries.length };
}

function areStrings(data: Record<string, unknown>): data is Fields {
  for (const key in data) {
    if (typeof data[key] !== 'string') {
      return false;
    }
  }
  return true;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(reason: BadFrame['reason'], data: string | Uint8Array, at: number): BadFrame {
  const start = typeof data === 'string' ? data : decodeText(data.subarray(0, 800));
  return { kind: 'bad', reason, excerpt: start.slice(0, 200), at };
}
