import { createHash } from 'node:crypto';

const longestSlug = 60;

/**
 * The name, without its ending, of the files of a data source. No two keys have the same, also where capitals and small
 * letters are one to the file system.
 */
export function storeName(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${slugOf(key)}.${hash}`;
}

/** What the files of a data source were called up to version 0.1: several keys may have the same. */
export function formerStoreName(key: string): string {
  return key.replace(/[^A-Za-z0-9_-]/g, '_');
}

/** True for the name of another data source whose files were, or could have been, called the same up to version 0.1. */
export function hadSameName(key: string, name: string): boolean {
  return name !== storeName(key) && new RegExp(`^${slugOf(key)}\\.[0-9a-f]{16}$`).test(name);
}

function slugOf(key: string): string {
  return formerStoreName(key).toLowerCase().slice(0, longestSlug);
}
