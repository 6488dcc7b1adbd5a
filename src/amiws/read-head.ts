/** Server and name of an event, and the index at which its `data` object begins. */
export interface EventHead {
  server: string;
  name: string;
  dataStart: number;
}

/** The same first bytes stand before the name of every event of one server. */
interface KnownPrefix {
  bytes: Uint8Array;
  server: string;
}

/** How amiws 2.2.1 begins an event (amiws_lib.c, amipack_to_json). Server names beyond plain ASCII are left to the parser. */
const prefixPattern =
  /^\{ "type": 3, "server_id": \d{1,10}, "server_name": "([ !#-[\]-~]{1,128})", "ssl": (?:true|false), "data": \{"Event": "/;
const longestPrefix = 256;
const longestName = 64;
/** Servers and names beyond these numbers are read the slow way: real streams have far fewer. */
const mostPrefixes = 64;
const mostNames = 1024;

const decoder = new TextDecoder();
const prefixes: KnownPrefix[] = [];
const names = new Map<number, { bytes: Uint8Array; text: string }>();
const quote = 0x22;
const dataLength = '{"Event": "'.length;

/**
 * Reads the head of an event from the first bytes of its frame without parsing the rest. Null when the frame does not
 * begin exactly as amiws begins an event: then it has to be parsed. Prefixes and names recur in every frame, so what was
 * seen before is compared as bytes and not decoded again.
 */
export function readHead(bytes: Uint8Array): EventHead | null {
  const prefix = knownPrefix(bytes) ?? newPrefix(bytes);
  if (prefix === null) {
    return null;
  }
  const start = prefix.bytes.length;
  const name = nameAt(bytes, start);
  return name === null ? null : { server: prefix.server, name, dataStart: start - dataLength };
}

function knownPrefix(bytes: Uint8Array): KnownPrefix | null {
  for (let i = 0; i < prefixes.length; i++) {
    if (startsAt(bytes, 0, prefixes[i]!.bytes)) {
      return prefixes[i]!;
    }
  }
  return null;
}

function newPrefix(bytes: Uint8Array): KnownPrefix | null {
  const match = prefixPattern.exec(decoder.decode(bytes.subarray(0, longestPrefix)));
  if (match === null) {
    return null;
  }
  const prefix = { bytes: bytes.slice(0, match[0].length), server: match[1]! };
  if (prefixes.length < mostPrefixes) {
    prefixes.push(prefix);
  }
  return prefix;
}

function nameAt(bytes: Uint8Array, start: number): string | null {
  const most = Math.min(bytes.length, start + longestName);
  let hash = 0;
  let end = start;
  while (end < most && bytes[end] !== quote) {
    hash = (Math.imul(hash, 31) + bytes[end]!) | 0;
    end++;
  }
  if (end === most) {
    return null;
  }
  const known = names.get(hash);
  if (known !== undefined && known.bytes.length === end - start && startsAt(bytes, start, known.bytes)) {
    return known.text;
  }
  return newName(bytes.slice(start, end), hash);
}

function newName(bytes: Uint8Array, hash: number): string | null {
  const text = decoder.decode(bytes);
  if (!/^\w+$/.test(text)) {
    return null;
  }
  if (names.size < mostNames) {
    names.set(hash, { bytes, text });
  }
  return text;
}

function startsAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i++) {
    if (bytes[at + i] !== expected[i]) {
      return false;
    }
  }
  return true;
}
