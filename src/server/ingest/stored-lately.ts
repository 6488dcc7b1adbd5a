import type { Batch } from './write-queue';

/** By how much a standby may lag that takes over. Milliseconds. */
const keptMs = 60_000;
/** Records, events and small writes that are kept: some 100 MB. */
const mostKept = 100_000;

/** What was stored in the last minute in which anything was, for a database that may lose it. */
export class StoredLately {
  private kept: Array<{ batch: Batch; at: number }> = [];
  private size = 0;

  /** @param now by the steady clock */
  note(batch: Batch, now: number): void {
    this.kept.push({ batch, at: now });
    this.size += sizeOf(batch);
    let gone = 0;
    for (; this.size > mostKept || this.kept[gone]!.at < now - keptMs; gone++) {
      this.size -= sizeOf(this.kept[gone]!.batch);
    }
    this.kept.splice(0, gone);
  }

  /** All of it, the newest first; nothing is kept afterwards. */
  takeAll(): Batch[] {
    const batches = this.kept.map(({ batch }) => batch).reverse();
    [this.kept, this.size] = [[], 0];
    return batches;
  }
}

function sizeOf(batch: Batch): number {
  return batch.kind === 'parts' ? batch.parts.length : 1;
}
