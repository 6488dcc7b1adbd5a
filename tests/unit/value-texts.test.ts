import { answerQuery } from '../../src/answers/answer-query';
import { HeardCalls } from '../../src/browser-mode/heard-calls';
import { othersText } from '../../src/cdr/alone-groups';
import { bandPhases } from '../../src/cdr/bands';
import { businessHourValues } from '../../src/cdr/business-hours';
import { outcomes, transferredValues } from '../../src/cdr/call';
import { callStates } from '../../src/cdr/calls-now';
import { daysOfWeek, dimensions, noPauseReason, noValue } from '../../src/cdr/dimensions';
import { journeySteps } from '../../src/cdr/journey';
import { directions } from '../../src/cdr/record';
import { talkEnds } from '../../src/cdr/talk-end';
import { annotationKinds, queryTypes } from '../../src/query/model';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { hasValueTexts, valueText } from '../../src/say/value-text';

/** A language in which every text is its key. */
jest.mock('@grafana/i18n', () => ({ t: (key: string) => `<${key}>` }));

const phones = ['free', 'ringing', 'busy', 'unavailable'];
const fixed: Readonly<Record<string, readonly string[]>> = {
  outcome: outcomes,
  direction: directions,
  endedBy: talkEnds,
  step: journeySteps,
  dayOfWeek: daysOfWeek,
  businessHours: businessHourValues,
  transferred: transferredValues,
  kind: annotationKinds,
  phone: phones,
  state: [
    ...phones,
    ...callStates,
    'paused',
    'wrap-up',
    'up',
    'down',
    'waiting',
    'called back',
    'came through',
    'withheld',
  ],
  pauseReason: [noPauseReason],
  source: ['withheld'],
  ...Object.fromEntries(Object.keys(bandPhases).map((band) => [band, ['over 120 s']])),
};

test.each(Object.entries(fixed))('every value of %s is said in the language of the user', (field, values) => {
  expect(values.filter((value) => valueText(field, value) === value)).toEqual([]);
});

test('groups of what has no value, and of all others, are said so whatever they are of', () => {
  expect([noValue, othersText].map((value) => valueText('custom.Department', value))).toEqual([
    '<values.none>',
    '<values.others>',
  ]);
});

/** Names that an administrator gave, words of Asterisk, and what reads the same in every language. */
const names = ['server', 'servers', 'queue', 'queues', 'team', 'teams', 'accountCode', 'lastApplication', 'tags'];
const ofAsterisk = ['disposition', 'amaFlags'];
const ofDates = ['day', 'month', 'year', 'hourOfDay', 'hour'];
const asked = [
  ...queryTypes.map((queryType) => ({ queryType })),
  ...dimensions.map((dimension) => ({ queryType: 'statistics', groupBy: [dimension] })),
];

test.each(asked)('every column of words of %j has texts of its values', async (json) => {
  const source = new HeardCalls(parseSettings({})).answers(0);
  const { fields } = await answerQuery(source, parseQuery(json), { from: 0, to: 60_000, intervalMs: 60_000 });
  const ofWords = fields.filter(({ type, origin }) => type === 'string' && origin === 'system').map(({ name }) => name);
  const known = [...names, ...ofAsterisk, ...ofDates];
  expect(ofWords.filter((name) => !known.includes(name) && !Object.hasOwn(fixed, name))).toEqual([]);
  expect(ofWords.filter((name) => !known.includes(name) && !hasValueTexts(name))).toEqual([]);
});
