/**
 * What databases write differently: each function gives an expression from expressions. An engine has a table of these, and
 * everything else is written once.
 */
export interface Dialect {
  /** Whether sums of calls are kept as these are stored (`callSums`). */
  keepsSums: boolean;
  /** Quotient of two whole numbers, rounded down. */
  floorDivide: (dividend: string, divisor: string) => string;
  /** The same where the first is not negative, which may be worked out sooner. */
  divide: (dividend: string, divisor: string) => string;
  /** Months from January 1970 to that of a time, milliseconds. */
  monthsSince1970: (time: string) => string;
  /** Month and day of a time, milliseconds, as month * 100 + day. */
  monthAndDay: (time: string) => string;
  /**
   * Whether a whole number is at or behind an odd number of bounds, whole numbers in ascending order: within a span, where they
   * are the beginnings and the ends of some. The number is worked out as often as it is written, so that is seldom.
   */
  isBetween: (value: string, bounds: readonly number[]) => string;
  /** A number as text, such as `80`. */
  toText: (value: string) => string;
  toDouble: (value: string) => string;
  /** A text in lower case, all letters of Unicode. */
  lower: (text: string) => string;
  /** The last of a text's digits of ASCII, so many of them where there are as many. */
  lastDigits: (text: string, count: number) => string;
  /** Whether a text has another in it. */
  contains: (text: string, part: string) => string;
  /**
   * An RE2 pattern as `matches` takes it, which is bound.
   * @throws PatternError where the database can't match it as RE2 does
   */
  pattern: (re2: string) => string;
  /** Whether a text matches a pattern somewhere. */
  matches: (text: string, pattern: string) => string;
  /** Whether a list of texts has one of some texts. */
  hasAny: (list: string, texts: readonly string[]) => string;
  /** Whether a test holds for one of a list's texts. */
  hasSome: (list: string, test: (text: string) => string) => string;
  /** A label of a JSON object as `jsonText` takes it, which is bound. */
  jsonKey: (label: string) => string;
  /** The text of a JSON object's label, null where there is none. */
  jsonText: (json: string, key: string) => string;
  /** A row for each label of a JSON object. */
  jsonLabels: (json: string) => string;
  /** Suggestions are made of so many facts, the newest; null where all of them are counted soon enough. */
  suggestsFrom: number | null;
  /** How many rows a table has about, and from how many on that is asked; null where all are counted soon enough. */
  estimate: { from: number; rows: (table: string) => string } | null;
  /** A text as a key of ORDER BY that sorts by code points, as JavaScript does. */
  byCodePoint: (text: string) => string;
}
