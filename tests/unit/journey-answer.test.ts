import { answerSource } from '../support/answer-source';
import { cdrRecord, defaultRules, noon, queueEvent } from '../support/cdr-builders';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { Directory } from '../../src/cdr/directory';
import { parseQuery } from '../../src/query/parse-query';
import type { Answer } from '../../src/answers/answer';
import { answerQuery } from '../../src/answers/answer-query';
import { journeyAnswer, journeySought, maxJourneyParts } from '../../src/answers/journey-answer';
import { maskAnswer } from '../../src/answers/mask-numbers';

const id = `${noon / 1000}.1`;
const range = { from: 0, to: noon + 3_600_000, intervalMs: 60_000 };
const toOutside = queueEvent('BlindTransfer', 8, {
  memberChannel: 'PJSIP/1001-00000002',
  transfer: { result: 'Success', extension: '+49301234567', targetChannel: '', consultUniqueId: '' },
});
const directory = new Directory([
  { kind: 'agent', id: '1001', name: 'Alice Miller', teams: [] },
  { kind: 'number', id: '+49301234567', name: 'Head office', teams: [] },
]);

async function journey(filters: object): Promise<Answer> {
  const store = new MemoryStore(10, defaultRules);
  store.add({
    records: [cdrRecord({ source: '+4915555512345' })],
    events: [queueEvent('QueueCallerJoin', 0), queueEvent('AgentConnect', 2, { holdTime: 2 }), toOutside],
  });
  store.add({ records: [cdrRecord({ server: 'pbx-west', linkedId: 'w', uniqueId: 'w' })], events: [] });
  return answerQuery({ ...answerSource(store), directory }, parseQuery({ queryType: 'journey', filters }), range);
}

const valuesOf = ({ fields }: Answer, field: string): unknown[] => fields.find(({ name }) => name === field)!.values;
const textsOf = ({ fields }: Answer, field: string): string[] =>
  Object.values(fields.find(({ name }) => name === field)!.config.mappings?.[0]?.options ?? {}).map(({ text }) => text);

test('a journey is that of the calls that are asked for, one after the other', async () => {
  const answer = await journey({ linkedId: [id, 'w', '-'] });
  expect(valuesOf(answer, 'step')).toEqual([
    ...['began', 'joined queue', 'connected', 'blind transfer', 'ended'],
    ...['began', 'connected', 'ended'],
  ]);
  expect(new Set(valuesOf(answer, 'linkedId'))).toEqual(new Set([id, 'w']));
  expect(valuesOf(await journey({ linkedId: [id, 'w'], server: ['pbx-west'] }), 'server')).toContain('pbx-west');
  expect(valuesOf(await journey({ linkedId: ['-', ''] }), 'step')).toEqual([]);
});

test('names stand beside its agents and numbers, and numbers are masked with theirs', async () => {
  const answer = await journey({ linkedId: [id] });
  expect(textsOf(answer, 'agent')).toEqual(['Alice Miller (1001)']);
  expect(textsOf(answer, 'party')).toEqual(['Head office (+49301234567)']);
  const said = 'to number Head office (+49301234567), talk of 8 s before and 0 s after';
  expect(valuesOf(answer, 'detail')).toContain(said);
  const masked = await maskAnswer(answer, 2);
  expect(JSON.stringify(masked)).not.toMatch(/49301234567|4915555512345|Head office/);
  expect(valuesOf(masked, 'detail')).toContain('to number ••••67, talk of 8 s before and 0 s after');
  expect(valuesOf(masked, 'party')).toContain('••••45');
  expect(textsOf(masked, 'party')).toEqual([]);
});

test('one that names no call, or one that is not stored, is empty and says what to do', async () => {
  for (const [filters, text] of [
    [{}, 'Enter a linked ID, or click a call in the question Calls.'],
    [{ linkedId: [''] }, 'Enter a linked ID, or click a call in the question Calls.'],
    [
      { linkedId: ['-'] },
      'No stored call has this linked ID. Check how it is written, or click a call in the question Calls.',
    ],
  ] as const) {
    const answer = await journey(filters);
    expect([valuesOf(answer, 'step'), answer.meta.notices]).toEqual([[], [{ severity: 'info', text }]]);
  }
  expect((await journey({ linkedId: [id] })).meta.notices).toBeUndefined();
});

test('one that names very many calls is refused', () => {
  expect(() => journeySought({ linkedId: Array.from({ length: 11 }, (_, n) => `1.${n}`) })).toThrow(
    'has 11 calls, but at most 10 are allowed'
  );
});

test('a call of very many parts is told as far as it was looked at, and says so', () => {
  const records = Array.from({ length: maxJourneyParts + 1 }, (_, n) =>
    cdrRecord({ sequence: n, destinationChannel: '', agent: '', lastApplication: 'Playback', lastData: `${n}` })
  );
  const assembled = { call: null, visits: [], legs: [], transfers: [] };
  const answer = journeyAnswer(
    [{ id: { server: 'pbx', linkedId: id }, parts: { records, events: [] }, assembled }],
    ''
  );
  expect(valuesOf(answer, 'step').length).toBe(2_000);
  expect(answer.meta.notices).toMatchObject([{ severity: 'warning' }]);
});
