const lengths = { minutes: 16, seconds: 19 } as const;

/** An instant (epoch milliseconds) as people read it: `2026-11-24 13:25:00 UTC`. */
export function utcText(time: number, to: keyof typeof lengths = 'seconds'): string {
  return `${new Date(time).toISOString().slice(0, lengths[to]).replace('T', ' ')} UTC`;
}
