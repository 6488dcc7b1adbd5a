/** Characters of a text that are kept. */
const longest = 256;

/** A field of an event as it is shown; empty where Asterisk does not know it. */
export function knownText(text: string | undefined): string {
  return text === undefined || text === '<unknown>' ? '' : text.slice(0, longest);
}
