import { fillRecordingUrl, recordingUrlColumns, recordingUrlProblem, type RowTexts } from './recording-url';

test.each([
  ['https://pbx.example.com/rec/${uniqueId}.wav', null],
  ['http://10.0.0.5:8088/${startTime:date:YYYY/MM/DD}/${custom.recordingfile}', null],
  ['https://pbx.example.com/?id=${linkedId}', null],
  ['javascript:alert(1)//${uniqueId}', 'scheme'],
  ['data:text/html,x', 'scheme'],
  ['//pbx.example.com/${uniqueId}', 'scheme'],
  ['https://${source}/rec', 'host'],
  ['https://pbx.example.com${source}/rec', 'host'],
  ['https://pbx.example.com', 'host'],
  ['https://pbx.example.com/${uniqueId', 'placeholder'],
  ['https://pbx.example.com/${startTime:iso}', 'placeholder'],
])('%s has the problem %s', (template, problem) => {
  expect(recordingUrlProblem(template)).toBe(problem);
});

test('the columns of a template are those of its placeholders', () => {
  expect(recordingUrlColumns('https://x/${startTime:date:YYYY}/${custom.file}?${linkedId}')).toEqual([
    'startTime',
    'custom.file',
    'linkedId',
  ]);
});

const row: RowTexts = {
  text: (column) => ({ uniqueId: '1795547917.38', file: 'a b/../?x#é', empty: '' })[column] ?? '',
  date: (_, format) => format.replace('YYYY', '2026').replace('MM', '11'),
};

test('values are encoded, so that none changes the path', () => {
  expect(fillRecordingUrl('https://x/${startTime:date:YYYY/MM}/${uniqueId}/${file}.wav', row)).toBe(
    'https://x/2026/11/1795547917.38/a%20b%2F..%2F%3Fx%23%C3%A9.wav'
  );
});

test('a row without a value has no recording', () => {
  expect(fillRecordingUrl('https://x/${uniqueId}/${empty}', row)).toBe('');
});
