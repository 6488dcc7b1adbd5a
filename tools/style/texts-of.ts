import { parse } from 'yaml';

/** A text for people: where it stands, and what it says. */
export interface FoundText {
  place: string;
  text: string;
}

/** Keys of dashboards, provisioning files, plugin.json and package.json whose values people read. */
const shown: ReadonlySet<string> = new Set([
  'title',
  'description',
  'summary',
  'content',
  'label',
  'noValue',
  'legend',
]);

/** The texts of a JSON or YAML file, by their paths: of locales all, of others those that people read. */
export function textsOf(source: string, isLocale: boolean): FoundText[] {
  return textsIn(parse(source), '', isLocale);
}

function textsIn(value: unknown, place: string, isShown: boolean, isLocale = isShown): FoundText[] {
  if (typeof value === 'string') {
    return isShown ? [{ place, text: value }] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) =>
        textsIn(one, place === '' ? key : `${place}.${key}`, isLocale || shown.has(key), isLocale)
      )
    : [];
}
