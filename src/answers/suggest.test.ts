import { timesOf } from '../cdr/business-hours';
import { Directory } from '../cdr/directory';
import { suggest } from './suggest';

const directory = new Directory([
  { kind: 'agent', id: '1001', name: 'Alice Miller', teams: ['Front', 'Back'] },
  { kind: 'agent', id: '1002', name: '', teams: ['Back'] },
  { kind: 'agent', id: '1003', name: 'Carol', teams: ['Night'] },
]);
const ask = jest.fn(async () => ['1002', '1001', '2001']);

test('values are ids, shown with their names', async () => {
  expect(await suggest('agent', {}, directory, null, ask)).toEqual([
    { value: '1002', text: '1002' },
    { value: '1001', text: 'Alice Miller (1001)' },
    { value: '2001', text: '2001' },
    { value: '(none)', text: '(none)' },
  ]);
});

test('what calls may lack can be picked as (none), where any has it', async () => {
  const last = async (field: 'queue' | 'direction' | 'custom.Department', found = ['a']) =>
    (await suggest(field, {}, directory, null, async () => found)).at(-1)?.value;
  expect([await last('queue'), await last('custom.Department')]).toEqual(['(none)', '(none)']);
  expect([await last('direction'), await last('queue', [])]).toEqual(['a', undefined]);
});

test('teams are those of the agents in use, and of the calls that the filters let through', async () => {
  expect((await suggest('team', { server: ['pbx'] }, directory, null, ask)).map(({ value }) => value)).toEqual([
    'Back',
    'Front',
    '(none)',
  ]);
  expect(ask).toHaveBeenLastCalledWith('agent', { server: ['pbx'] });
});

test('a filter by teams is asked as one by their agents', async () => {
  await suggest('queue', { team: ['Back'] }, directory, null, ask);
  const teamTests = [{ agents: ['1001', '1002'], noneOf: null, isNot: false }];
  expect(ask).toHaveBeenLastCalledWith('queue', { teamTests });
});

test('days of the week, times of day and business hours are the same whatever is stored', async () => {
  ask.mockClear();
  expect((await suggest('dayOfWeek', {}, directory, null, ask)).map(({ value }) => value)).toHaveLength(7);
  expect((await suggest('businessHours', {}, directory, null, ask)).map(({ value }) => value)).toEqual([
    'in hours',
    'out of hours',
  ]);
  const times = await suggest('timeOfDay', {}, directory, null, ask);
  expect(times.map(({ value }) => timesOf(value))).not.toContain(null);
  expect(times.length).toBeGreaterThan(3);
  expect(ask).not.toHaveBeenCalled();
});
