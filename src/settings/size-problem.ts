import { sentence, type Sentence, type SentenceValue } from '../sentences/sentence';

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
export function sizeProblem(json: unknown, bounds: SizeBounds): Sentence | null {
  let values = 0;
  let texts = 0;

  function look(value: unknown, path: readonly string[]): Sentence | null {
    const where: SentenceValue = path.length === 0 ? sentence('input.whole') : `"${path.join('.')}"`;
    if (++values > bounds.values) {
      return sentence('input.size.values', { most: bounds.values, where });
    }
    if (typeof value === 'string') {
      return lookAtText(value, where);
    }
    if (typeof value !== 'object' || value === null) {
      return null;
    }
    if (path.length >= bounds.depth) {
      return sentence('input.size.depth', { where, most: bounds.depth });
    }
    const entries = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (entries > bounds.entries) {
      return sentence('input.size.entries', { where, entries, most: bounds.entries });
    }
    for (const [name, entry] of Object.entries(value)) {
      const long = Array.isArray(value)
        ? null
        : lookAtText(name, path.length === 0 ? sentence('input.own-name') : sentence('input.name-in', { where }));
      const problem = long ?? look(entry, [...path, name]);
      if (problem !== null) {
        return problem;
      }
    }
    return null;
  }

  function lookAtText(text: string, where: SentenceValue): Sentence | null {
    texts += text.length;
    if (text.length > bounds.text) {
      return sentence('input.size.text', { where, characters: text.length, most: bounds.text });
    }
    return texts > bounds.texts ? sentence('input.size.texts', { most: bounds.texts, where }) : null;
  }

  return look(json, []);
}
