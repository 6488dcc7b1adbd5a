import type { BucketWidth } from '../cdr/time-buckets';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const unitMonths: Readonly<Record<string, number>> = { M: 1, y: 12 };
/** Of a century. */
const mostMonths = 1200;

/**
 * Grafana's variables of a panel's own width. Only its page puts them in: alert rules, and public dashboards, send a query as it is
 * saved.
 */
const ofPanel = /^\$(__interval|__interval_ms|\{__interval(_ms)?\})(ms)?$/;

export function isOfPanel(text: string): boolean {
  return ofPanel.test(text.trim());
}

/** The width such as `30s`, `15m`, `1h`, `1d`, `1w`, `1M` or `1y`, or milliseconds without a unit; null for anything else. */
export function parseInterval(text: string): BucketWidth | null {
  if (/^[1-9]\d{0,11}$/.test(text.trim())) {
    return Number(text);
  }
  const match = /^([1-9]\d{0,6})(ms|s|m|h|d|w|M|y)$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [count, unit] = [Number(match[1]), match[2]!];
  if (unit in unitMs) {
    return count * unitMs[unit]!;
  }
  const months = count * unitMonths[unit]!;
  return months <= mostMonths ? { months } : null;
}
