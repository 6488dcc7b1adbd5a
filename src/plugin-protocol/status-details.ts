/** A status travels in an HTTP/2 header, which has to stay small. */
const longest = 4_000;

/**
 * The text of a gRPC status. It is percent-encoded on its way, and half a surrogate pair, such as an error of JSON.parse
 * that quotes the start of an emoji, throws there and leaves the call without an answer.
 */
export function statusDetails({ message }: Error): string {
  return Buffer.from(message.slice(0, longest)).toString();
}
