/** One AMI message: its `Key: value` lines in order; a key may come more than once (ChanVariable). */
export type AmiMessage = Array<[key: string, value: string]>;

/** Complete messages of `bytes`, and the bytes after the last of them, to put before the next packet. */
export interface ParsedAmi {
  messages: AmiMessage[];
  rest: Buffer;
}

const END = Buffer.from('\r\n\r\n');
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Cuts what AMI sent into messages. Works on bytes, so that a character split between two packets stays whole.
 * The greeting (`Asterisk Call Manager/...`) must be taken off first: it ends with one CRLF, not two.
 */
export function parseAmi(bytes: Buffer): ParsedAmi {
  const messages: AmiMessage[] = [];
  let start = 0;
  for (let end = bytes.indexOf(END); end >= 0; end = bytes.indexOf(END, start)) {
    const message = decode(bytes.subarray(start, end)).split('\r\n').flatMap(parseLine);
    if (message.length > 0) {
      messages.push(message);
    }
    start = end + END.length;
  }
  return { messages, rest: bytes.subarray(start) };
}

/** Asterisk passes on the bytes that a phone or a configuration file gave it: often UTF-8, sometimes Latin-1. */
function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

function parseLine(line: string): AmiMessage {
  const colon = line.indexOf(':');
  return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trimStart()]] : [];
}
