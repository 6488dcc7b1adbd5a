import type { Answer, AnswerField } from '../answers/answer';
import { maskAnswer, maskText } from '../answers/mask-numbers';
import { readNone } from '../answers/read-none';
import { seriesField } from '../answers/series-field';
import { Directory, noDirectory } from '../cdr/directory';
import { noon } from '../../tests/support/cdr-builders';
import { answerFileColumns } from './answer-columns';
import { csvWriter } from './csv-writer';
import { jsonWriter } from './json-writer';
import type { SeenText } from './seen-text';
import { timeText } from './time-text';

const hour = 3_600_000;
const full: SeenText = (_, text) => text;
const masked: SeenText = (origin, text) => maskText(origin, text, 4);
const offsetOf = (server: string | null): number => ({ east: 3_600, west: -18_000 })[server ?? ''] ?? 0;
const directory = new Directory([
  { kind: 'number', id: '4930555123', name: 'Bob Secret', teams: [] },
  { kind: 'agent', id: '1001', name: 'Alice Miller', teams: [] },
]);

const field = (name: string, type: AnswerField['type'], values: AnswerField['values'], rest = {}): AnswerField => ({
  name,
  type,
  values,
  config: { displayNameFromDS: name.toUpperCase() },
  ...rest,
});
const answerOf = (...fields: AnswerField[]): Answer => ({ name: 'Any', meta: {}, fields });

const list = answerOf(
  field('source', 'string', ['4930555123', '1001']),
  field('lastTry', 'time', [noon, noon + hour]),
  field('waited', 'number', [12.5, null]),
  field('ringing', 'string', ['1001, 1002', ''], { isList: true }),
  field('server', 'string', ['east', 'west'], { origin: 'system' })
);

function csv(answer: Answer, seen = full, names = noDirectory, chosen: string[] = []): string[] {
  const { head, row } = csvWriter(
    answerFileColumns(answer, chosen, offsetOf, seen, names),
    timeText('iso', 'pbx'),
    true
  );
  const rows = answer.fields[0]!.values.map((_, index) => row(index));
  return [head.replace('\uFEFF', ''), ...rows].map((line) => line.trimEnd());
}

test('a file of an answer has a line a row, times by the clock of the PBX that the row names', () => {
  expect(csv(list)).toEqual([
    'SOURCE,LASTTRY,WAITED,RINGING,SERVER',
    '4930555123,2026-11-24T14:00:00+01:00,12.5,"1001, 1002",east',
    '1001,2026-11-24T09:00:00-05:00,,,west',
  ]);
});

test('an empty group reads (none), as in the panel, and an empty text of a row stays empty', () => {
  const groups = answerOf(readNone(field('queue', 'string', ['sales', ''])), field('agent', 'string', ['', '1001']));
  expect(csv(groups).slice(1)).toEqual(['sales,', '(none),1001']);
});

test('chosen fields alone, in their order; one that there is not is refused with those that there are', () => {
  expect(csv(list, full, noDirectory, ['server', 'source'])[1]).toBe('east,4930555123');
  expect(() => csv(list, full, noDirectory, ['sorce'])).toThrow(
    'The answer has no field "sorce". Expected some of source, lastTry, waited, ringing, server, sourceName, ringingName.'
  );
});

test('names stand in columns at the end, and none beside a number that is masked', async () => {
  expect(csv(list, full, directory)[0]).toMatch(/,SOURCE name,RINGING name$/);
  expect(csv(list, full, directory)[1]).toMatch(/,east,Bob Secret,Alice Miller$/);
  const seen = csv(await maskAnswer(list, 4), masked, directory);
  expect(seen[1]).toBe('••••5123,2026-11-24T14:00:00+01:00,12.5,"1001, 1002",east,,Alice Miller');
  expect(seen.join()).not.toMatch(/Secret|4930555/);
});

test('a figure that is a moment is written as a time, by the clock of the question where a row names no PBX', () => {
  const log = field('firstLogIn', 'number', [noon], { config: { displayNameFromDS: 'In', unit: 'dateTimeAsIso' } });
  expect(csv(answerOf(field('agent', 'string', ['1001']), log))[1]).toBe('1001,2026-11-24T13:00:00+00:00');
});

test('each time series has a column named after what it is of, no two alike', async () => {
  const series = (text: string): AnswerField =>
    seriesField({
      ...field('totalCalls', 'number', [3]),
      series: { figure: 'Total calls', legend: '', isOfOne: true, groups: [{ label: 'source', text, origin: 'free' }] },
    });
  const answer = answerOf(field('time', 'time', [noon]), series('4930555123'), series('4940555123'), series('1001'));
  const write = (one: Answer) =>
    jsonWriter(answerFileColumns(one, [], offsetOf, masked, noDirectory), timeText('epoch', 'pbx'));
  expect(JSON.parse(write(answer).row(0))).toEqual({ time: noon, 4930555123: 3, 4940555123: 3, 1001: 3 });
  const hidden = await maskAnswer(answer, 4);
  expect(JSON.parse(write(hidden).row(0))).toEqual({ time: noon, '••••5123': 3, '••••5123 (2)': 3, 1001: 3 });
});
