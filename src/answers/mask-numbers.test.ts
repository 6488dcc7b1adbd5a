import fc from 'fast-check';
import { cdrRecord } from '../../tests/support/cdr-builders';
import { recordLines } from './log-lines';
import { holdsNumber, maskAnswer, maskNumbers } from './mask-numbers';
import { sumsOf } from '../cdr/fact-rows';
import { PbxClock } from '../cdr/pbx-clock';
import { PbxClocks } from '../cdr/pbx-clocks';
import { parseQuery } from '../query/parse-query';
import { recordsAnswer } from './row-columns';
import { statisticsAnswer } from './statistics-answer';
import { statisticsPlan } from './statistics-plan';

test.each([
  ['5551234', '••••1234'],
  ['+49 30 123 45-67', '••••4567'],
  ['(555) 123-4567', '(••••4567'],
  ['555-123-4567', '••••4567'],
  ['"Ann" <5551234>', '"Ann" <••••1234>'],
  ['Local/5551234@from-queue-0000002a;1', 'Local/••••1234@from-queue-0000002a;1'],
  ['PJSIP/1001-0000002a', 'PJSIP/1001-0000002a'],
  ['PJSIP/5551234-00000021', 'PJSIP/••••1234-00000021'],
  ['٠١٢٣٤٥٦٧', '••••٤٥٦٧'],
  ['４９３０５５５１２３', '••••５１２３'],
  ['+49\u00a030\u202f5551234', '••••1234'],
  ['030\u2011555\u20111234', '••••1234'],
  ['030_555_1234', '••••1234'],
  ['030·555·1234', '••••1234'],
  ['030/5551234', '••••1234'],
  ['030\u00ad555\u200b1234', '••••1234'],
  ['3️⃣0️⃣5️⃣5️⃣5️⃣1️⃣', '••••5551\ufe0f\u20e3'],
  ['030 / 555 - 1234', '••••1234'],
  ['tel:+49-30-5551234;ext=12', 'tel:••••1234;ext=12'],
  ['sip:0305551234@10.0.0.1', 'sip:••••1234@10.0.0.1'],
  // The end of a number is no count of Asterisk's.
  ['0049-30-00001234', '••••1234'],
  ['4930-00001234', '••••1234'],
  ['PJSIP/trunk/0049-30-00001234', 'PJSIP/trunk/••••1234'],
  ['SIP/0049-30-00001234@trunk', 'SIP/••••1234@trunk'],
  ['SIP/0049-30-00001234', 'SIP/••••1234'],
  ['Dial(PJSIP/1001,20)', 'Dial(PJSIP/1001,20)'],
  ['inbound 5551234 → 100 ANSWERED', 'inbound ••••1234 → 100 ANSWERED'],
  ['PJSIP/1001-0000002a → PJSIP/1002-0000002b', 'PJSIP/1001-0000002a → PJSIP/1002-0000002b'],
])('%s becomes %s', (text, masked) => {
  expect(maskNumbers(text, 4)).toBe(masked);
});

test.each(['1001', '12345', 'alice', '', 'support'])('%j stays, as agents are known by extensions', (text) => {
  expect(maskNumbers(text, 4)).toBe(text);
});

test('no digits stay when none are to be shown', () => {
  expect(maskNumbers('5551234', 0)).toBe('••••');
});

const separators = [
  '',
  ' ',
  '-',
  '.',
  '/',
  '_',
  '·',
  '\u00a0',
  '\u2011',
  '\u202f',
  '\u2009',
  ' - ',
  ') ',
  '\ufeff',
  '*',
  ':',
];
const digit = fc.constantFrom(...'0123456789', ...'٠١٢٣٤٥٦٧٨٩', ...'０１２３４５６７８９', '²', '⑤');

test('hides a number however it is written and whatever stands around it, but for the last digits', () => {
  const parts = fc.array(fc.tuple(digit, fc.constantFrom(...separators)), { minLength: 6, maxLength: 18 });
  const around = fc.constantFrom('', 'a', 'tel:', 'sip:', 'PJSIP/', 'Local/', 'SIP/trunk/', '"', '<', 'out-', ' ', '@');
  fc.assert(
    fc.property(parts, around, around, fc.integer({ min: 0, max: 5 }), (written, before, after, shown) => {
      const text = before + written.map((part) => part.join('')).join('') + after;
      const masked = maskNumbers(text, shown);
      expect(masked.match(/\p{N}/gu) ?? []).toEqual(written.slice(written.length - shown).map(([one]) => one));
    }),
    { numRuns: 5000 }
  );
});

test('never leaves six digits together, whatever text it is', () => {
  const unit = fc.constantFrom(
    ...'0123456789+-(). /_<>@;,aASIP\n',
    '٣',
    '５',
    '\u00a0',
    '·',
    'Local/',
    'PJSIP/1',
    '-00000012'
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const masked = maskNumbers(text, 4);
      expect(masked.replace(/(?<=\p{L}\w*\/[^\s/]*)-0000[\da-f]{4}(?![^\s,;<>()])/gu, '')).not.toMatch(/\p{N}{6}/u);
      expect(holdsNumber(masked)).toBe(false);
    }),
    { numRuns: 5000 }
  );
});

describe('an answer for a masked role', () => {
  const secret = '4930555123';
  const record = cdrRecord({
    uniqueId: 'east-1732453200.15',
    linkedId: '1732453200.15',
    source: secret,
    destination: secret,
    callerId: `"${secret}" <${secret}>`,
    channel: `Local/${secret}@from-queue-0000002a;1`,
    destinationChannel: `PJSIP/trunk-${secret}`,
    lastData: `PJSIP/${secret}@trunk,60`,
    userField: secret,
    agent: secret,
    destinationContext: secret,
    queue: '600100',
    accountCode: 'acme-123456',
    custom: { Recording: `out-${secret}-x.wav` },
  });

  it('holds a number in no column, and keeps what rows are known by', async () => {
    const { fields } = await maskAnswer(await recordsAnswer([record], {}), 4);
    expect(JSON.stringify(fields)).not.toContain(secret);
    const row = Object.fromEntries(fields.map(({ name, values }) => [name, values[0]]));
    expect(row).toMatchObject({
      uniqueId: record.uniqueId,
      linkedId: record.linkedId,
      queue: '600100',
      accountCode: 'acme-123456',
      source: '••••5123',
      startTime: record.startTime,
      duration: 10,
    });
  });

  it('holds none in lines of a log, whose ids still differ', async () => {
    const lines = [record, { ...record, sequence: 2 }];
    const answer = await maskAnswer(await recordLines(lines, {}), 4);
    expect(JSON.stringify(answer)).not.toContain(secret);
    const ids = answer.fields.find(({ name }) => name === 'id')!.values;
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toContain('east-1732453200.15');
  });

  it('holds none in ids of calls that are made of channel names', async () => {
    const id = `Local/${secret}@from-queue-0000002a;1`;
    const odd = { ...record, linkedId: id, uniqueId: `${secret}` };
    for (const answer of [await recordsAnswer([odd], {}), await recordLines([odd], {})]) {
      const { fields } = await maskAnswer(answer, 4);
      expect(JSON.stringify(fields)).not.toContain(secret);
      expect(JSON.stringify(fields)).toContain('Local/••••5123@from-queue-0000002a;1');
    }
  });

  const confusing = [
    'state',
    'title',
    'tags',
    'kind',
    'queue',
    'server',
    'severity',
    'outcome',
    'linkedId',
    'hourOfDay',
  ];

  it.each(confusing)(
    'holds none of a custom field called %s: in a column, a series, its labels or its name',
    async (label) => {
      const odd = { ...record, queue: 'support', custom: { [label]: secret } };
      const groupBy = ['queue', `custom.${label}`];
      const sums = sumsOf({ calls: 1 });
      const groups = [{ bucket: 0, group: ['support', secret], sums, distributions: {}, traffic: {} }];
      const statistics = (format: string) => {
        const query = parseQuery({ queryType: 'statistics', groupBy, format, timeZone: 'UTC' });
        const range = { from: 0, to: 3_600_000, intervalMs: 3_600_000 };
        const plan = statisticsPlan(query, range, {
          serviceLevelThreshold: 20,
          clocks: new PbxClocks({ newClock: () => new PbxClock('UTC') }),
        });
        return statisticsAnswer(query, plan, groups, '');
      };
      for (const answer of [
        await recordsAnswer([odd], {}),
        await statistics('table'),
        await statistics('timeseries'),
      ]) {
        const masked = JSON.stringify((await maskAnswer(answer, 4)).fields);
        expect(JSON.stringify(answer)).toContain(secret);
        expect(masked).not.toContain(secret);
        expect(masked).toContain('••••5123');
        expect(masked).toContain('support');
      }
    }
  );
});
