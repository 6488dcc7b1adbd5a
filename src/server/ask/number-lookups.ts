import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

/** Different numbers that one user may look for within an hour. */
const perHour = 60;
const hourMs = 3_600_000;

const schema = v.record(v.string(), v.record(v.string(), v.number()));

/**
 * Counts the numbers that users look for who may not see any: with the last digits shown, anyone who may ask without end
 * finds the others by trying. What was counted stands in a file, so that a restart gives nobody a fresh hour. A file that
 * can't be written is no reason to refuse a question: the count then holds until this program ends.
 */
export class NumberLookups {
  /** By user, when each number was last looked for, under its hash. Epoch milliseconds. */
  private readonly seen: Map<string, Map<string, number>>;

  constructor(private readonly file: string) {
    this.seen = read(file);
  }

  /**
   * Whether a user may look for these numbers now; if so they count, on disk before this returns.
   * @param now epoch milliseconds
   */
  admit(user: string, numbers: readonly string[], now: number): boolean {
    const before = recentOf(this.seen.get(user), now);
    // Each time again, so that a panel that refreshes goes on with its number.
    const recent = new Map([...before, ...numbers.map((number) => [hashOf(user, number), now] as const)]);
    if (recent.size > perHour) {
      return false;
    }
    if (recent.size > 0) {
      this.seen.set(user, recent);
    }
    if (recent.size > before.size) {
      this.write(now);
    }
    return true;
  }

  private write(now: number): void {
    for (const [user, numbers] of this.seen) {
      if (recentOf(numbers, now).size === 0) {
        this.seen.delete(user);
      }
    }
    const json = Object.fromEntries([...this.seen].map(([user, numbers]) => [user, Object.fromEntries(numbers)]));
    try {
      writeFileSync(`${this.file}.new`, JSON.stringify(json), { mode: 0o600 });
      renameSync(`${this.file}.new`, this.file);
    } catch {
      // As said above.
    }
  }
}

function recentOf(numbers: ReadonlyMap<string, number> | undefined, now: number): Map<string, number> {
  return new Map([...(numbers ?? [])].filter(([, at]) => Math.abs(now - at) < hourMs));
}

function read(file: string): Map<string, Map<string, number>> {
  try {
    const json = v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
    return new Map(Object.entries(json).map(([user, numbers]) => [user, new Map(Object.entries(numbers))]));
  } catch {
    return new Map();
  }
}

/** The file is no list of who looked for whom. */
function hashOf(user: string, number: string): string {
  return createHash('sha256').update(`${user}\n${number}`).digest('hex').slice(0, 16);
}
