/**
 * What databases write differently: each function gives an expression from expressions. An engine has a table of these, and
 * everything else is written once.
 */
export interface Dialect {
  /** Quotient of two whole numbers, rounded down. */
  floorDivide: (dividend: string, divisor: string) => string;
  /** A number as text, such as `80`. */
  toText: (value: string) => string;
  toDouble: (value: string) => string;
  /** Whether a text has another in it. */
  contains: (text: string, part: string) => string;
  /** Whether a text matches an RE2 pattern somewhere. */
  matches: (text: string, pattern: string) => string;
  /** Whether a list of texts has one of some texts. */
  hasAny: (list: string, texts: readonly string[]) => string;
  /** Whether a test holds for one of a list's texts. */
  hasSome: (list: string, test: (text: string) => string) => string;
  /** The text at a JSON pointer (RFC 6901), null where there is none. */
  jsonText: (json: string, pointer: string) => string;
  /** A row for each label of a JSON object. */
  jsonLabels: (json: string) => string;
  /** A JSON text of an object with these properties. */
  jsonObject: (properties: ReadonlyArray<readonly [name: string, value: string]>) => string;
  /** Tells the rows of a table apart within one transaction, in an order. */
  rowId: (alias: string) => string;
  /** A text as a key of ORDER BY that sorts by code points, as JavaScript does. */
  byCodePoint: (text: string) => string;
}
