import type { CdrRecord } from '../cdr/record';
import type { Transaction } from './engine';

/** Further than two readings of one wall clock can be apart (`isSameRecord`). Milliseconds. */
const slack = 27 * 3_600_000;

/**
 * Finds stored records that may be the same as added ones though they are part of another call. Only where live and
 * imported records meet can there be any: a server of which nothing was imported is not asked for.
 */
export class RecordTwins {
  /** Start of the latest imported record of each server, epoch milliseconds. */
  private importedUntil: Map<string, number> | null = null;

  /** @param severalWriters others may import too, so that what was imported is asked for each time */
  constructor(private readonly severalWriters: boolean) {}

  async find({ calls, logbook }: Transaction, records: readonly CdrRecord[]): Promise<CdrRecord[]> {
    if (this.importedUntil === null || this.severalWriters) {
      this.importedUntil = laterOf(await logbook.importedUntil(), this.importedUntil ?? []);
    }
    const sought = records.filter((record) => this.mayHaveTwin(record));
    return sought.length === 0 ? [] : calls.readAlike(sought, slack);
  }

  /** Notes that these records are stored: what comes live later may be the same. */
  async note({ logbook, afterCommit }: Transaction, records: readonly CdrRecord[]): Promise<void> {
    const until = new Map<string, number>();
    for (const { imported, server, startTime } of records) {
      const known = until.get(server) ?? this.importedUntil?.get(server) ?? -Infinity;
      if (imported && startTime !== null && startTime > known) {
        until.set(server, startTime);
      }
    }
    if (until.size > 0) {
      await logbook.noteImported(until);
      afterCommit(() => until.forEach((time, server) => this.importedUntil?.set(server, time)));
    }
  }

  private mayHaveTwin({ startTime, imported, server }: CdrRecord): boolean {
    return startTime !== null && (imported || startTime <= (this.importedUntil?.get(server) ?? -Infinity) + slack);
  }
}

/** What was imported and known from a live record already is no imported record in the store. */
function laterOf(stored: ReadonlyMap<string, number>, noted: Iterable<[string, number]>): Map<string, number> {
  const later = new Map(stored);
  for (const [server, until] of noted) {
    later.set(server, Math.max(until, later.get(server) ?? until));
  }
  return later;
}
