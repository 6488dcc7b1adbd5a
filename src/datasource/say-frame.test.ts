import { FieldType, MappingType, toDataFrame, type Labels } from '@grafana/data';
import { defaultRules, cdrRecord } from '../../tests/support/cdr-builders';
import { journeyAnswer } from '../answers/journey-answer';
import { assembleCall } from '../cdr/assemble-call';
import { english } from '../sentences/english';
import { mention, sentence } from '../sentences/sentence';
import { sayColumns, saySentences } from './say-frame';

/** A language in which every text is its key and its values. */
jest.mock('@grafana/i18n', () => ({
  t: (key: string, _: string, values = {}) => `${key} ${JSON.stringify(values)}`,
}));

const text = [sentence('notice.gap.missing'), sentence('notice.gap.more', { count: 2 })];
const said = 'sentences.notice.gap.missing {} sentences.notice.gap.more {"count":2}';

test('notices and marks of the server part are said in the language of the user, those of others stay', () => {
  const notices = [english(text), 'Not ours'].map((text) => ({ severity: 'info' as const, text }));
  const { meta, fields } = saySentences(
    toDataFrame({
      meta: { notices, custom: { texts: [text] } },
      fields: [
        { name: 'text', values: [english(text), 'Not ours'] },
        { name: 'server', values: [english(text), 'pbx'] },
      ],
    })
  );
  expect(meta?.notices?.map(({ text }) => text)).toEqual([said, 'Not ours']);
  expect(fields.map(({ values }) => values[0])).toEqual([said, english(text)]);
});

test('a name that a mark mentions is said in the language of the user too', () => {
  const agent = sentence('difference.agent', { agent: { ...mention('agent', '1001'), named: 'Alice (1001)' } });
  const title = [sentence('annotation.difference.title', { place: ['pbx', agent] })];
  const { fields } = saySentences(
    toDataFrame({ meta: { custom: { texts: [title] } }, fields: [{ name: 'title', values: [english(title)] }] })
  );
  expect(fields[0]!.values[0]).toContain('pbx, sentences.difference.agent {\\"agent\\":\\"Alice (1001)\\"}');
});

test('what the steps of a call say is said in the language of the user, by its outcome too', () => {
  const parts = {
    records: [cdrRecord({ lastApplication: 'VoiceMail', destinationChannel: '', agent: '' })],
    events: [],
  };
  const id = { server: 'pbx', linkedId: 'a' };
  const { meta, fields } = journeyAnswer([{ id, parts, assembled: assembleCall(parts, defaultRules) }], '');
  const detail = fields.find(({ name }) => name === 'detail')!;
  const [shown] = saySentences(toDataFrame({ meta: { custom: meta.custom }, fields: [detail] })).fields;
  expect(detail.values).toEqual(['to 100', 'VoiceMail(PJSIP/1001,20) in from-trunk', 'self-served']);
  expect(shown!.values.filter((text: string) => !text.startsWith('sentences.journey.detail'))).toEqual([]);
  expect(shown!.values.at(-1)).toContain('values.self-served');
});

test('columns and values are shown in the language of the user, and keep their names and values', () => {
  const frame = toDataFrame({
    fields: [
      { name: 'outcome', type: FieldType.string, values: ['answered'], config: { displayNameFromDS: 'Outcome' } },
      { name: 'custom.site', type: FieldType.string, values: ['answered'], config: { displayNameFromDS: 'Site' } },
    ],
  });
  const [outcome, site] = sayColumns(frame).fields;
  expect(outcome).toMatchObject({ name: 'outcome', values: ['answered'] });
  expect(outcome!.config).toMatchObject({
    displayNameFromDS: 'fields.outcome {}',
    mappings: [{ type: 'value', options: { answered: { text: 'values.answered {}' } } }],
  });
  expect(site!.config).toEqual({ displayNameFromDS: 'Site' });
});

test('the groups of those that have no value and of all others are shown in the language of the user', () => {
  const mappings = [{ type: MappingType.ValueToText, options: { '': { text: '(none)', index: 0 } } }];
  const values = ['sales', '', '(others)'];
  const [queue] = sayColumns(
    toDataFrame({ fields: [{ name: 'queue', type: FieldType.string, values, config: { mappings } }] })
  ).fields;
  expect(queue!.values).toEqual(values);
  expect(queue!.config.mappings).toMatchObject([
    { options: { '': { text: 'values.none {}' } } },
    { options: { '(others)': { text: 'values.others {}' } } },
  ]);
});

test('every group in the name of a series is said in the language of the user, in whatever order its labels are', () => {
  const said = (title: string, labels: Labels) => {
    const field = { name: 'totalCalls', type: FieldType.number, values: [], labels };
    return sayColumns(toDataFrame({ fields: [{ ...field, config: { displayNameFromDS: title } }] })).fields[0]!.config;
  };
  expect(said('inbound sales answered', { direction: 'inbound', outcome: 'answered', queue: 'sales' })).toMatchObject({
    displayNameFromDS: 'values.inbound {} sales values.answered {}',
  });
  expect(said('(none)', { queue: '' })).toMatchObject({ displayNameFromDS: 'values.none {}' });
  expect(said('Support desk (600) busy', { outcome: 'busy', queue: '600' })).toMatchObject({
    displayNameFromDS: 'Support desk (600) values.busy {}',
  });
});
