import { namedMember } from './agent-names';
import { cleanName } from './directory';
import type { LearnedNames } from './learned-names';

/** Names that are remembered of all PBXes. */
const capacity = 20_000;

/**
 * How the members of queues are called: a queue_log has their names, and events their interfaces. A name that members of
 * several interfaces have is none's, but in the queues where it is one's alone.
 */
export class MemberNames {
  /** By PBX, queue (empty for all) and name; null where it is ambiguous. */
  private readonly interfaces = new Map<string, string | null>();

  /** @param learned agents' names, those of earlier runs too */
  constructor(private readonly learned: Pick<LearnedNames, 'agentNamed'> | null = null) {}

  /** An event that may name both. */
  hear(server: string, fields: Readonly<Record<string, string>>): void {
    const member = namedMember(fields);
    if (member) {
      [fields.Queue ?? '', ''].forEach((queue) => this.learn(keyOf(server, queue, member.name), member.interface));
    }
  }

  /** The interface of a member of a queue, else the agent who has the name; the name where neither is known. */
  interfaceOf(server: string, queue: string, name: string): string {
    const heard = this.interfaces.get(keyOf(server, queue, name)) ?? this.interfaces.get(keyOf(server, '', name));
    const agentNamed = (): string | null => this.learned?.agentNamed(server, cleanName(name)) ?? null;
    return heard ?? (name.includes('/') ? name : (agentNamed() ?? name));
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
