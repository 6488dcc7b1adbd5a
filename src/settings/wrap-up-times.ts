/** Seconds of wrap-up by queue, as people write them: `support=15, sales=30`. */
export interface ReadWrapUpTimes {
  times: Record<string, number>;
  /** Entries that are none. */
  unread: string[];
}

export function readWrapUpTimes(text: string): ReadWrapUpTimes {
  const times = new Map<string, number>();
  const unread: string[] = [];
  for (const entry of text.split(',').map((one) => one.trim())) {
    const [, queue, seconds] = /^(.+?)\s*=\s*(\d{1,5})\s*s?$/.exec(entry) ?? [];
    if (queue !== undefined && Number(seconds) <= 86_400) {
      times.set(queue, Number(seconds));
    } else if (entry !== '') {
      unread.push(entry);
    }
  }
  return { times: Object.fromEntries(times), unread };
}

export function wrapUpText(times: Readonly<Record<string, number>>): string {
  return Object.entries(times)
    .map(([queue, seconds]) => `${queue}=${seconds}`)
    .join(', ');
}
