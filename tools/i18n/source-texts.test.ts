import { sourceTexts } from './source-texts';

const read = (source: string) => sourceTexts('src/a.tsx', source);

test('a text is read from t(), its parts joined, with the names of its values', () => {
  expect(read("f();\nconst a = t('a.b', 'Rows: ' + '{{- rows}}', { rows, more: 1 });")).toEqual([
    { key: 'a.b', english: 'Rows: {{- rows}}', values: ['rows', 'more'], place: 'src/a.tsx:2' },
  ]);
});

test('a text is read from <Trans>, its lines joined', () => {
  expect(read('<p><Trans i18nKey="a.b">\n  Grafana&apos;s own\n  words.\n</Trans></p>')).toMatchObject([
    { key: 'a.b', english: "Grafana's own words." },
  ]);
});

test('a key made of an id stands for all ids of a table', () => {
  expect(read('t(`metrics.${id}.title`, title)')).toMatchObject([{ key: 'metrics.*.title', english: null }]);
});

test.each([
  ['t(key, "Text")', 't() takes a key and an English text written out'],
  ['t("a.b", text)', 't() takes a key and an English text written out'],
  ['t("a.b")', 't() takes a key and an English text written out'],
  ['<Trans i18nKey="a.b">Some <b>bold</b> text</Trans>', '<Trans> takes an i18nKey and plain text'],
  ['<Trans>Text</Trans>', '<Trans> takes an i18nKey and plain text'],
])('%s can not be read', (source, problem) => {
  expect(() => read(source)).toThrow(`src/a.tsx:1: ${problem}`);
});
