import { stableHash } from './stable-hash';

/**
 * What a live channel shows, as its path names it: `` everything, where numbers are masked for nobody; `masked-`; or
 * `full-<pass>-`, whose pass the server part gives to those who see numbers, and which ends.
 */
export type LiveKind = '' | 'masked-' | `full-${string}-`;

/**
 * Path of the live channel that continues one query. Panels with the same path share one stream, and all of them are
 * sent the same: so the path names the question, by a hash of the data that a subscriber sends along, and what it shows. A
 * path has a narrow alphabet and at most 160 characters.
 */
export function livePath(kind: LiveKind, data: unknown): string {
  return `live/${kind}${stableHash(data)}`;
}
