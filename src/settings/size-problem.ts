/** How large JSON may be that somebody sends. */
export interface SizeBounds {
  /** Texts, numbers, lists and objects, names of fields included. */
  values: number;
  /** Entries of one list, fields of one object. */
  entries: number;
  /** UTF-16 characters of one text, or of a name. */
  text: number;
  /** Characters of all texts and names together. */
  texts: number;
  /** Lists and objects within each other. */
  depth: number;
}

/**
 * What of some JSON is larger than it may be, with the field, what was found and the bound; null where all is within. It
 * stops at the first, so that looking costs no more than the bounds allow.
 */
export function sizeProblem(json: unknown, bounds: SizeBounds): string | null {
  let values = 0;
  let texts = 0;

  function look(value: unknown, path: readonly string[]): string | null {
    const where = path.length === 0 ? 'the value' : `"${path.join('.')}"`;
    if (++values > bounds.values) {
      return `it holds more than ${bounds.values} values up to ${where}: leave some out`;
    }
    if (typeof value === 'string') {
      return lookAtText(value, where);
    }
    if (typeof value !== 'object' || value === null) {
      return null;
    }
    if (path.length >= bounds.depth) {
      return `${where} lies more than ${bounds.depth} levels deep`;
    }
    const entries = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (entries > bounds.entries) {
      return `${where} has ${entries} entries, expected at most ${bounds.entries}: leave some out`;
    }
    for (const [name, entry] of Object.entries(value)) {
      const long = Array.isArray(value) ? null : lookAtText(name, `a name in ${where}`);
      const problem = long ?? look(entry, [...path, name]);
      if (problem !== null) {
        return problem;
      }
    }
    return null;
  }

  function lookAtText(text: string, where: string): string | null {
    texts += text.length;
    if (text.length > bounds.text) {
      return `${where} has ${text.length} characters, expected at most ${bounds.text}: make it shorter`;
    }
    return texts > bounds.texts
      ? `its texts have more than ${bounds.texts} characters up to ${where}: leave some out`
      : null;
  }

  return look(json, []);
}
