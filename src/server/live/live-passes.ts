import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { MaskNumbersFor } from '../../settings/number-access';

/** Passes are given out for spans of this length, the same to all. Milliseconds. */
const spanMs = 300_000;

/**
 * Passes to the live channels that show numbers in full. Grafana Live knows the role that someone had when the page was
 * loaded, and leaves a subscription open for as long as the page: so such a channel ends every few minutes, and the path of
 * the next one has a pass that is asked for over HTTP, with the role of that moment.
 */
export class LivePasses {
  private readonly secret = randomBytes(32);

  /** What stands in the path of a channel from now until the end of the span, while numbers are masked as they are now. */
  at(now: number, maskNumbersFor: MaskNumbersFor): string {
    return this.of(Math.floor(now / spanMs), maskNumbersFor);
  }

  /** When a pass ends, epoch milliseconds; null for one that was not given out. */
  endOf(pass: string, maskNumbersFor: MaskNumbersFor): number | null {
    const span = Number(/^(\d{1,10})-/.exec(pass)?.[1] ?? NaN);
    const [given, expected] = [Buffer.from(pass), Buffer.from(this.of(span, maskNumbersFor))];
    return given.length === expected.length && timingSafeEqual(given, expected) ? (span + 1) * spanMs : null;
  }

  private of(span: number, maskNumbersFor: MaskNumbersFor): string {
    const mark = createHmac('sha256', this.secret).update(`${span} ${maskNumbersFor}`).digest('hex');
    return `${span}-${mark.slice(0, 32)}`;
  }
}
