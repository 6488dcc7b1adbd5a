/** Names that are remembered of all PBXes. */
const capacity = 20_000;

/**
 * How each PBX spells the names of its queues. Asterisk compares them without regard to case: `Queue(Intern)` in the
 * dialplan is the queue `[intern]`, and its records and events spell it apart.
 */
export class QueueNames {
  private readonly spellings = new Map<string, string>();

  /** The name as the PBX's queue events spell it, else as it was spelled first. */
  spell(server: string, name: string): string {
    const key = keyOf(server, name);
    const known = this.spellings.get(key);
    if (known === undefined && name !== '' && this.spellings.size < capacity) {
      this.spellings.set(key, name);
    }
    return known ?? name;
  }

  /** Every event of a queue or of its members tells how the queue is configured. */
  learn(server: string, name: string): void {
    const key = keyOf(server, name);
    if (name !== '' && (this.spellings.has(key) || this.spellings.size < capacity)) {
      this.spellings.set(key, name);
    }
  }
}

const keyOf = (server: string, name: string): string => `${server}|${name.toLowerCase()}`;
