import pluginJson from '../../plugin.json';
import { englishTexts } from './english-texts';
import { readLocale } from './locale-file';
import { placeholders } from './placeholders';

// `npm run i18n` writes what is missing in English; other languages are written by hand.
const english = englishTexts();
const others = pluginJson.languages.filter((language) => language !== 'en-US').map((language) => [language] as const);
const plain = (texts: ReadonlyMap<string, string>) => Object.fromEntries([...texts].sort());

test('the English file has the texts of the sources, word for word, and no other', () => {
  expect(plain(readLocale('en-US'))).toEqual(plain(english));
});

test.each(others)('%s has every text and no other', (language) => {
  expect([...readLocale(language).keys()].sort()).toEqual([...english.keys()].sort());
});

test.each(others)('%s puts the same values into each text', (language) => {
  const values = (texts: ReadonlyMap<string, string>) =>
    plain(new Map([...texts].map(([key, text]) => [key, placeholders(text).join()])));
  expect(values(readLocale(language))).toEqual(values(english));
});

test('values are put in as they are: i18next writes {{name}} for HTML, {{- name}} for people', () => {
  expect([...english.values()].filter((text) => /\{\{\s*\w+\s*\}\}/.test(text))).toEqual([]);
});
