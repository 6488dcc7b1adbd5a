import { agentNames } from './agent-names';
import type { CallRules } from './call-rules';
import type { DirectoryKind } from './directory';
import type { CdrRecord } from './record';

/** The name that a PBX gave an agent. */
export interface LearnedName {
  server: string;
  agent: string;
  name: string;
}

/** Names that are kept; of more, those that were learned first go. */
const mostNames = 10_000;

/** What PBXes call their agents, the latest of each. */
export class LearnedNames {
  /** By agent, then by PBX. */
  private readonly names = new Map<string, Map<string, string>>();
  /** Names of all PBXes. */
  size = 0;
  /** Grows with each name that is learned or changes. */
  lessons = 0;

  /** An event with the record that it is, if it is one. */
  learn(
    server: string,
    fields: Readonly<Record<string, string>>,
    record: CdrRecord | undefined,
    rules: CallRules
  ): void {
    for (const [agent, name] of agentNames(fields, record, rules)) {
      if (this.names.get(agent)?.get(server) !== name) {
        this.put({ server, agent, name });
        this.lessons++;
      }
    }
  }

  /** What a run before this one knew; what was learned since is newer. */
  recall(names: readonly LearnedName[]): void {
    names.filter(({ server, agent }) => !this.names.get(agent)?.has(server)).forEach((known) => this.put(known));
  }

  /** A PBX was taken out of service. */
  forget(server: string): void {
    this.all.filter((known) => known.server === server).forEach((known) => this.remove(known));
    this.lessons++;
  }

  /** Names of an id, by the order of its PBXes' names; none but agents have any. */
  of(kind: DirectoryKind, id: string): string[] {
    const found = kind === 'agent' ? [...(this.names.get(id) ?? [])] : [];
    return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  }

  /** The one agent of a PBX who has a name; null where none has, or several have. */
  agentNamed(server: string, name: string): string | null {
    const found = [...this.names].filter(([, names]) => names.get(server) === name);
    return found.length === 1 ? found[0]![0] : null;
  }

  /** How many agents of a PBX have a name. */
  count(server: string): number {
    return [...this.names.values()].filter((names) => names.has(server)).length;
  }

  get all(): LearnedName[] {
    return [...this.names].flatMap(([agent, names]) => [...names].map(([server, name]) => ({ server, agent, name })));
  }

  private put({ server, agent, name }: LearnedName): void {
    const known = this.names.get(agent) ?? new Map<string, string>();
    this.size += known.has(server) ? 0 : 1;
    this.names.set(agent, known.set(server, name));
    if (this.size > mostNames) {
      const [first, names] = this.names.entries().next().value!;
      this.remove({ agent: first, server: names.keys().next().value! });
    }
  }

  private remove({ server, agent }: Pick<LearnedName, 'server' | 'agent'>): void {
    const known = this.names.get(agent);
    this.size -= known?.delete(server) ? 1 : 0;
    if (known?.size === 0) {
      this.names.delete(agent);
    }
  }
}
