import type { AmiFrame, BadFrame } from '../amiws/event';
import { eventTime } from '../amiws/event-time';
import { nameOfEvent, usedEvents } from '../amiws/used-events';
import { decodeText, decodeUtf8 } from '../cdr/decode-text';

/** Lines of one message; no Cdr comes near it. */
const mostLines = 1_000;
const longestName = 64;
const eventHead = Buffer.from('Event: ');
const lineEnd = 0x0d;
const space = 0x20;

/**
 * One message of the AMI of `server` that arrived `at` (epoch milliseconds). Never throws.
 *
 * Events that nothing uses are told apart by their first line and not read further. Text is UTF-8, or Latin-1 where a
 * phone sent it so; such an event counts as recovered, as through amiws.
 */
export function decodeBlock(bytes: Buffer, server: string, at: number): AmiFrame {
  const head = nameInHead(bytes);
  if (head !== null && !usedEvents.has(head)) {
    return { kind: 'skipped', server, at };
  }
  const read = readFields(bytes);
  if (read === null) {
    return badBlock('too-large', bytes, at);
  }
  const { fields, recovered } = read;
  const { Event: name, Response: response } = fields;
  if (name !== undefined && name !== '') {
    return usedEvents.has(name)
      ? {
          kind: 'event',
          server,
          name: nameOfEvent(name),
          fields,
          at: eventTime(fields.Timestamp, at),
          recovered,
          direct: true,
        }
      : { kind: 'skipped', server, at };
  }
  return response === undefined ? badBlock('not-ami', bytes, at) : { kind: 'response', server, fields, at };
}

export function badBlock(reason: BadFrame['reason'], bytes: Uint8Array, at: number): BadFrame {
  return { kind: 'bad', reason, excerpt: decodeText(bytes.subarray(0, 800)).slice(0, 200), at };
}

/** What a message says; null where it has more lines than any may have. A key that comes again replaces the one before. */
export function readFields(bytes: Buffer): { fields: Record<string, string>; recovered: boolean } | null {
  const text = decodeUtf8(bytes);
  const lines = text === null ? linesOf(bytes) : text.split('\r\n', mostLines + 1);
  if (lines.length > mostLines) {
    return null;
  }
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      let start = colon + 1;
      while (line.charCodeAt(start) === space) {
        start++;
      }
      fields[line.slice(0, colon)] = line.slice(start);
    }
  }
  return { fields, recovered: text === null };
}

/** Null where the message does not begin as Asterisk begins an event. */
function nameInHead(bytes: Buffer): string | null {
  for (let at = 0; at < eventHead.length; at++) {
    if (bytes[at] !== eventHead[at]) {
      return null;
    }
  }
  const most = Math.min(bytes.length, eventHead.length + longestName);
  let end = eventHead.length;
  while (end < most && bytes[end] !== lineEnd) {
    end++;
  }
  return end === most ? null : bytes.toString('latin1', eventHead.length, end);
}

/** The lines of a message that is not UTF-8 as a whole: each is Latin-1 or UTF-8 for itself. */
function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString('latin1')
    .split('\r\n', mostLines + 1)
    .map((line) => decodeText(Buffer.from(line, 'latin1')));
}
