import { createHash } from 'node:crypto';

/** PostgreSQL cuts names after 63 bytes: `cdr_`, this and `_` with 16 digits stay below. */
const longestSlug = 40;

/**
 * The schema of a data source where its settings name none: `cdr_1_office_0123456789abcdef`. No two keys have the same, and
 * none needs quotes.
 */
export function schemaName(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const slug = key
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '_')
    .slice(0, longestSlug);
  return `cdr_${slug}_${hash}`;
}
