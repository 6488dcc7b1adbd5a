import {
  createTheme,
  FieldType,
  getDisplayProcessor,
  getFieldDisplayValuesProxy,
  getLinksSupplier,
  toDataFrame,
  type DataFrame,
  type InterpolateFunction,
  type LinkModel,
} from '@grafana/data';
import { addDataLinks, type LinkSource } from './data-links';

const start = Date.UTC(2026, 10, 24, 23, 30);
const day = 86_400_000;

function calls(): DataFrame {
  const frame = toDataFrame({
    fields: [
      { name: 'startTime', type: FieldType.time, values: [start, start + 60_000] },
      { name: 'endTime', type: FieldType.time, values: [null, start + 90_000] },
      { name: 'server', type: FieldType.string, values: ['pbx-east', 'pbx-west'] },
      { name: 'linkedId', type: FieldType.string, config: { displayNameFromDS: 'Linked ID' }, values: ['1.1', '2.7'] },
      { name: 'custom.file', type: FieldType.string, values: ['a&b.wav', ''] },
    ],
  });
  frame.fields.forEach((field) => (field.display = getDisplayProcessor({ field, theme: createTheme() })));
  return frame;
}

const source = (settings: LinkSource['settings'] = {}): LinkSource => ({ uid: 'cdr', name: 'CDR', settings });

/** Grafana's variables as far as links use them (public/app/features/templating/dataMacros.ts). */
const replaceVariables: InterpolateFunction = (text, scopedVars) => {
  const { frame, field, rowIndex } = scopedVars!.__dataContext!.value as {
    frame: DataFrame;
    field: { values: unknown[] };
    rowIndex: number;
  };
  const fields = getFieldDisplayValuesProxy({ frame, rowIndex });
  return text
    .replace('${__value.raw}', String(field.values[rowIndex]))
    .replace(/\$\{__data\.fields\.(\w+)\}/g, (_, name: string) => String(fields[name]))
    .replace(/\$\{__data\.fields\["([^"]+)"\]\.(text|numeric)\}/g, (_, name: string, part: 'text' | 'numeric') =>
      String(fields[name][part])
    );
};

function linksOf(frame: DataFrame, valueRowIndex: number): LinkModel[] {
  const field = frame.fields.find(({ name }) => name === 'linkedId')!;
  return getLinksSupplier(frame, field, {}, replaceVariables)({ valueRowIndex });
}

test('each call leads to its legs, on its own PBX, in a range that holds them', () => {
  const [legs] = linksOf(addDataLinks(calls(), source()), 1);
  const left = JSON.parse(new URL(legs!.href, 'http://grafana').searchParams.get('left')!) as object;
  expect(legs!.title).toBe('Legs of this call');
  expect(left).toEqual({
    datasource: 'cdr',
    range: { from: String(start - day), to: String(start + 90_000 + day) },
    queries: [
      {
        refId: 'A',
        datasource: { uid: 'cdr' },
        queryType: 'records',
        filters: { server: ['pbx-west'], linkedId: ['2.7'] },
        sortOrder: 'asc',
      },
    ],
  });
});

test('each call leads to its journey, on its own PBX', () => {
  const [, journey, ...others] = linksOf(addDataLinks(calls(), source()), 1);
  expect(others).toEqual([]);
  const left = new URL(journey!.href, 'http://grafana').searchParams.get('left')!;
  expect(journey!.title).toBe('Journey of this call');
  expect(JSON.parse(left)).toMatchObject({
    queries: [{ queryType: 'journey', filters: { server: ['pbx-west'], linkedId: ['2.7'] } }],
  });
});

test('a call leads to its recording, values encoded, dates in the zone of its PBX', () => {
  const settings = {
    recordingUrl: 'https://pbx/rec/${startTime:date:YYYY/MM/DD}/${linkedId}-${custom.file}',
    timeZone: 'UTC',
    serverTimeZones: { 'pbx-east': 'Asia/Tokyo' },
  };
  const frame = addDataLinks(calls(), source(settings));
  expect(linksOf(frame, 0)[2]).toMatchObject({
    title: 'Recording',
    href: 'https://pbx/rec/2026/11/25/1.1-a%26b.wav',
    target: '_blank',
  });
  const onlyDate = addDataLinks(calls(), source({ ...settings, recordingUrl: 'https://pbx/${startTime:date:DD}' }));
  expect(linksOf(onlyDate, 1)[2]!.href).toBe('https://pbx/24');
});

test.each([
  ['its address can’t be used', 'javascript:alert(1)'],
  ['the answer lacks a column that it needs', 'https://pbx/${uniqueId}'],
])('there is no recording where %s', (_why, recordingUrl) => {
  expect(linksOf(addDataLinks(calls(), source({ recordingUrl })), 0)).toHaveLength(2);
});

test('the other fields, and what a field says of itself, stay', () => {
  const before = calls();
  const frame = addDataLinks(before, source());
  expect(frame.fields[3]!.config.displayNameFromDS).toBe('Linked ID');
  expect(frame.fields.filter((field, index) => field !== before.fields[index]).map(({ name }) => name)).toEqual([
    'linkedId',
  ]);
});

test('answers without calls stay as they are', () => {
  const figures = toDataFrame({ fields: [{ name: 'totalCalls', type: FieldType.number, values: [1] }] });
  expect(addDataLinks(figures, source())).toBe(figures);
});
