import { compareText } from './compare-text';
import { wellFormed } from './well-formed';

/** What can have a name: agents, queues and trunks, and numbers such as a DID. */
export const directoryKinds = ['agent', 'queue', 'number', 'trunk'] as const;
export type DirectoryKind = (typeof directoryKinds)[number];

/** Who or what stands behind an id. */
export interface DirectoryEntry {
  kind: DirectoryKind;
  /** As it stands in records: an agent's extension, a queue's name, a number, a trunk's endpoint. */
  id: string;
  /** Empty where only teams are known. */
  name: string;
  /** Of an agent; an agent may be in several. */
  teams: readonly string[];
}

/** Agent to the teams that the agent is in, one at least. */
export type Teams = ReadonlyMap<string, readonly string[]>;

/** Names that PBXes gave, besides those that are set. */
export interface GivenNames {
  readonly size: number;
  of: (kind: DirectoryKind, id: string) => readonly string[];
}

/** Characters of a name or an id; what is longer is cut. */
export const longestName = 100;

const noNames: GivenNames = { size: 0, of: () => [] };

/**
 * The names of ids. Ids are what is stored, asked for and linked; names are only shown, so that one that changes changes
 * nothing else.
 */
export class Directory {
  readonly teams: Teams;
  private readonly names: ReadonlyMap<string, string>;

  /** @param given names of ids that have none among `entries` */
  constructor(
    entries: readonly DirectoryEntry[],
    private readonly given: GivenNames = noNames
  ) {
    this.names = new Map(
      entries.filter(({ name }) => name !== '').map(({ kind, id, name }) => [`${kind}|${id}`, name])
    );
    this.teams = new Map(
      entries
        .filter(({ kind, id, teams }) => kind === 'agent' && id !== '' && teams.length > 0)
        .map(({ id, teams }) => [id, [...new Set(teams)]])
    );
  }

  /** True where nothing has a name, nor any agent a team. */
  get isEmpty(): boolean {
    return this.names.size === 0 && this.teams.size === 0 && this.given.size === 0;
  }

  /** Names of all teams, in alphabetical order. */
  get teamNames(): string[] {
    return [...new Set([...this.teams.values()].flat())].sort(compareText);
  }

  /** The name of an id; empty where there is none. Two PBXes may know one extension as two people: both are named. */
  nameOf(kind: DirectoryKind, id: string): string {
    return this.names.get(`${kind}|${id}`) ?? [...new Set(this.given.of(kind, id))].slice(0, 3).join(' / ');
  }
}

/** One that knows no names. */
export const noDirectory = new Directory([]);

/** A name as it can be shown in one line: Unicode, without control characters, cut where it is too long. */
export function cleanName(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    // What turns the direction of a text would reach beyond the name.
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
  const line = wellFormed(plain).trim();
  return line.length <= longestName
    ? line
    : line
        .slice(0, longestName)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trim();
}
