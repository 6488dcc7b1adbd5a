import { open, type FileHandle } from 'node:fs/promises';

/** What a store has acknowledged: what was durable when it said so. */
export interface Acknowledged {
  /** Tells stores apart: a file may be put in the place of another. */
  store: string;
  /** How many writes were acknowledged. */
  sequence: number;
  /** Since when the store acknowledges, epoch milliseconds. */
  since: number;
  /** The last write of each PBX: its number, and when that was, in epoch milliseconds. */
  servers: Readonly<Record<string, readonly [sequence: number, at: number]>>;
}

/** Bytes of one of the two places in the file, of which the one is written while the other stays whole. */
const slotSize = 8_192;

/**
 * Keeps what a store has acknowledged outside of its database, in a small file beside it, so that a database that was
 * damaged or cut short can be found to lack something.
 */
export class AcknowledgedMark {
  private syncing: Promise<void> | null = null;

  private constructor(
    private readonly handle: FileHandle,
    /** What the file said when it was opened; null where it said nothing. */
    readonly before: Acknowledged | null,
    /** How often the file was written. */
    private writes: number
  ) {}

  /** @param file the database's */
  static async open(file: string): Promise<AcknowledgedMark> {
    const handle = await open(markOf(file), 'a+', 0o600).then(async (made) => {
      await made.close();
      return open(markOf(file), 'r+');
    });
    try {
      const slots = [await readSlot(handle, 0), await readSlot(handle, 1)];
      const [newest] = slots.flatMap((slot) => slot ?? []).sort((a, b) => b.writes - a.writes);
      return new AcknowledgedMark(handle, newest?.acknowledged ?? null, newest?.writes ?? 0);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Survives the end of the process at once, and that of the system soon. */
  async write(acknowledged: Acknowledged): Promise<void> {
    this.writes++;
    await this.handle.write(slotText({ writes: this.writes, acknowledged }), (this.writes % 2) * slotSize);
    this.syncing ??= this.handle
      .datasync()
      .catch(() => undefined)
      .finally(() => (this.syncing = null));
  }

  async close(): Promise<void> {
    await this.syncing;
    await this.handle.close();
  }
}

/** Where the mark of a database stands. */
export function markOf(file: string): string {
  return `${file}.acknowledged`;
}

interface Slot {
  writes: number;
  acknowledged: Acknowledged;
}

async function readSlot(handle: FileHandle, slot: number): Promise<Slot | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(slotSize), 0, slotSize, slot * slotSize);
  try {
    return JSON.parse(buffer.toString('utf8', 0, bytesRead)) as Slot;
  } catch {
    return null;
  }
}

/** Fills its place, so that nothing of what stood there before is left. The PBXes that wrote last are those that fit. */
function slotText({ writes, acknowledged }: Slot): string {
  const servers = Object.entries(acknowledged.servers).sort(([, [a]], [, [b]]) => b - a);
  for (let count = servers.length; ; count = Math.floor(count / 2)) {
    const text = JSON.stringify({
      writes,
      acknowledged: { ...acknowledged, servers: Object.fromEntries(servers.slice(0, count)) },
    });
    const length = Buffer.byteLength(text);
    if (length <= slotSize) {
      return text + ' '.repeat(slotSize - length);
    }
  }
}
