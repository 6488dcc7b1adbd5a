import { cleanName, directoryKinds, longestName, type DirectoryEntry, type DirectoryKind } from '../cdr/directory';

/** An entry as it is saved and imported; what it lacks has a default. */
export interface SavedDirectoryEntry {
  /** `agent` where it is left out. */
  kind?: DirectoryKind;
  id?: string;
  name?: string;
  teams?: readonly string[];
}

/** Why entries could not be used as they were. Nothing that can be read of them is lost. */
export const directoryProblems = [
  'no-entry',
  'no-id',
  'unknown-kind',
  'doubled',
  'cut',
  'more-cells',
  'too-many',
] as const;
export type DirectoryProblem = (typeof directoryProblems)[number];

export interface ReadDirectory {
  entries: DirectoryEntry[];
  problems: Array<{ problem: DirectoryProblem; count: number; example: string }>;
}

/** Entries of a directory; Grafana sends all settings along with every request. */
export const mostEntries = 5_000;
/** Teams that one agent may be in. */
const mostTeams = 20;

/**
 * A directory from what is saved or imported, whatever it holds: a wrong entry must not keep the data source from listening.
 * Of entries with the same kind and id, the first name counts, and all teams.
 */
export function readDirectory(json: unknown): ReadDirectory {
  const found = new Map<string, DirectoryEntry>();
  const problems = new Map<DirectoryProblem, { count: number; example: string }>();
  const note = (problem: DirectoryProblem, example: string): void => {
    const known = problems.get(problem) ?? { count: 0, example: cleanName(example) };
    problems.set(problem, { ...known, count: known.count + 1 });
  };
  for (const saved of Array.isArray(json) ? (json as unknown[]) : []) {
    const entry = readEntry(saved, note);
    if (entry === null) {
      continue;
    }
    const key = `${entry.kind}|${entry.id}`;
    const before = found.get(key);
    if (!before && found.size >= mostEntries) {
      note('too-many', entry.id);
      continue;
    }
    if (before) {
      note('doubled', entry.id);
    }
    const teams = [...new Set([...(before?.teams ?? []), ...entry.teams])].slice(0, mostTeams);
    found.set(key, { ...entry, name: before?.name || entry.name, teams });
  }
  return {
    entries: [...found.values()],
    problems: [...problems].map(([problem, { count, example }]) => ({ problem, count, example })),
  };
}

type Note = (problem: DirectoryProblem, example: string) => void;

function readEntry(saved: unknown, note: Note): DirectoryEntry | null {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) {
    note('no-entry', JSON.stringify(saved) ?? '');
    return null;
  }
  const { kind = 'agent', id, name, teams } = saved as Record<keyof SavedDirectoryEntry, unknown>;
  if (!directoryKinds.some((known) => known === kind)) {
    note('unknown-kind', textOf(kind));
    return null;
  }
  const [ownId, ownName] = [cleanName(textOf(id)), cleanName(textOf(name))];
  if (ownId === '') {
    note('no-id', ownName);
    return null;
  }
  if ([id, name].some((text) => textOf(text).trim().length > longestName)) {
    note('cut', ownName || ownId);
  }
  return { kind: kind as DirectoryKind, id: ownId, name: ownName, teams: kind === 'agent' ? readTeams(teams) : [] };
}

function readTeams(teams: unknown): string[] {
  const texts = Array.isArray(teams) ? teams.slice(0, mostTeams) : [teams];
  return [...new Set(texts.map((team) => cleanName(textOf(team))))].filter((team) => team !== '');
}

/** A spreadsheet or a person may have made a number of an extension. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
