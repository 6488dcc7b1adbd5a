/**
 * Makes all objects that are given to the function hold one text where theirs are equal, and gives them back: of a database, each
 * value is a text of its own.
 */
export function shareTexts(): <T>(value: T) => T {
  const known = new Map<string, string>();
  const share = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return known.get(value) ?? (known.set(value, value), value);
    }
    if (typeof value === 'object' && value !== null) {
      const object = value as Record<string, unknown>;
      Object.keys(object).forEach((key) => (object[key] = share(object[key])));
    }
    return value;
  };
  return share as <T>(value: T) => T;
}
