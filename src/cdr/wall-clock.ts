/** `2026-11-24 13:25:00` as milliseconds, read as if it were UTC; null for an empty text or one that is no such time. */
export function parseWallClock(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 61;
  return exists && year > 1970 ? ms : null;
}

/** Start of a channel, epoch milliseconds, from `[systemname-]epochseconds.n`; null where the id has another form. */
export function uniqueIdTime(uniqueId: string): number | null {
  const match = /(?:^|-)(\d{9,10})\.\d+$/.exec(uniqueId);
  return match ? Number(match[1]) * 1000 : null;
}
