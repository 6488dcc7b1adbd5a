/**
 * A text that is Unicode: half a surrogate pair becomes U+FFFD. Asterisk cuts texts by bytes, and a store that takes half a
 * character fails at every question about it.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** The same for labels and values; `fields` itself where all are well-formed, as nearly always. */
export function wellFormedFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  for (const label in fields) {
    if (!label.isWellFormed() || !fields[label]!.isWellFormed()) {
      return Object.fromEntries(Object.entries(fields).map((entry) => entry.map(wellFormed) as [string, string]));
    }
  }
  return fields;
}
