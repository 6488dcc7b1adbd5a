import type { SavedDirectoryEntry } from './directory-settings';

/** A directory with what was imported: its names, and its teams where it tells any, in place of those of before. */
export function mergeDirectory(
  before: readonly SavedDirectoryEntry[],
  imported: readonly SavedDirectoryEntry[]
): SavedDirectoryEntry[] {
  const merged = new Map(before.map((entry) => [keyOf(entry), entry]));
  for (const entry of imported) {
    const known = merged.get(keyOf(entry));
    merged.set(keyOf(entry), {
      ...entry,
      name: entry.name || known?.name,
      teams: entry.teams?.length ? entry.teams : (known?.teams ?? []),
    });
  }
  return [...merged.values()];
}

function keyOf({ kind = 'agent', id = '' }: SavedDirectoryEntry): string {
  return `${kind}|${id.trim()}`;
}
