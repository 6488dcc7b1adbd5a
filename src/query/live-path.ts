import type { MaskNumbersFor } from '../settings/number-access';
import { stableHash } from './stable-hash';

/**
 * Path of the live channel that continues one query. Panels with the same path share one stream, and all of them are
 * sent the same: so the path tells the question, by a hash of the data that a subscriber sends along, and whether
 * numbers are masked. That of full numbers names the setting too, so that nobody is left in it when the setting is made
 * stricter. A path has a narrow alphabet and at most 160 characters.
 */
export function livePath(maskNumbersFor: MaskNumbersFor, seesNumbers: boolean, data: unknown): string {
  const kind = !seesNumbers ? 'masked-' : maskNumbersFor === 'none' ? '' : `full-${maskNumbersFor}-`;
  return `live/${kind}${stableHash(data)}`;
}
