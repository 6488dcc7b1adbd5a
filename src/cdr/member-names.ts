/** Names that are remembered of all PBXes. */
const capacity = 20_000;

/**
 * How the members of queues are called: a queue_log has their names, and events their interfaces. A name that members of
 * several interfaces have is none's, but in the queues where it is one's alone.
 */
export class MemberNames {
  /** By PBX, queue (empty for all) and name; null where it is ambiguous. */
  private readonly interfaces = new Map<string, string | null>();

  /** An event that names both. Source: Asterisk app_queue, where QueueMember says Name and Location, 11 Member. */
  hear(server: string, fields: Readonly<Record<string, string>>): void {
    const member = fields.Interface || fields.Location || fields.Member || '';
    const name = fields.MemberName || (fields.Location ? (fields.Name ?? '') : '');
    if (name !== '' && member !== '' && name !== member) {
      [fields.Queue ?? '', ''].forEach((queue) => this.learn(keyOf(server, queue, name), member));
    }
  }

  /** The interface of a member of a queue; his name where it is not known. */
  interfaceOf(server: string, queue: string, name: string): string {
    return this.interfaces.get(keyOf(server, queue, name)) ?? this.interfaces.get(keyOf(server, '', name)) ?? name;
  }

  private learn(key: string, member: string): void {
    const known = this.interfaces.get(key);
    if (known === undefined && this.interfaces.size < capacity) {
      this.interfaces.set(key, member);
    } else if (known !== undefined && known !== member) {
      this.interfaces.set(key, null);
    }
  }
}

const keyOf = (server: string, queue: string, name: string): string => `${server}|${queue}|${name}`;
