/** Tells apart what a caller's channel did in one queue and in another, within one call. */
export function stayKey({ queue, uniqueId }: { queue: string; uniqueId: string }): string {
  return `${uniqueId}|${queue}`;
}
