/**
 * A text that every store keeps: half a surrogate pair and U+0000 become U+FFFD. Asterisk cuts texts by bytes, DuckDB fails
 * at every question about half a character, and PostgreSQL takes no U+0000.
 */
export function wellFormed(text: string): string {
  return isWellFormed(text) ? text : text.toWellFormed().replaceAll('\0', '\ufffd');
}

export function isWellFormed(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The same for labels and values; `fields` itself where all are well-formed, as nearly always. */
export function wellFormedFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  for (const label in fields) {
    if (!isWellFormed(label) || !isWellFormed(fields[label]!)) {
      return Object.fromEntries(Object.entries(fields).map((entry) => entry.map(wellFormed) as [string, string]));
    }
  }
  return fields;
}
