import fc from 'fast-check';
import { cdrRecord } from '../../tests/support/cdr-builders';
import { recordLines } from './log-lines';
import { holdsNumber, maskAnswer, maskNumbers } from './mask-numbers';
import { recordsAnswer } from './row-columns';

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
])('%s becomes %s', (text, masked) => {
  expect(maskNumbers(text, 4)).toBe(masked);
});

test.each(['1001', '12345', 'alice', '', 'support'])('%j stays, as agents are known by extensions', (text) => {
  expect(maskNumbers(text, 4)).toBe(text);
});

test('no digits stay when none are to be shown', () => {
  expect(maskNumbers('5551234', 0)).toBe('••••');
});

test('never leaves six digits together, whatever stands around them', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789+-(). /<>@;aA\n') }), (text) => {
      const masked = maskNumbers(text, 4);
      expect(masked.replace(/-0000\d{4}(?![\da-z])/gi, '')).not.toMatch(/\d{6}/);
      expect(holdsNumber(masked)).toBe(false);
    })
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

  it('holds a number in no column, and keeps what rows are known by', () => {
    const { fields } = maskAnswer(recordsAnswer([record], {}), 4);
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

  it('holds none in lines of a log, whose ids still differ', () => {
    const lines = [record, { ...record, sequence: 2 }];
    const answer = maskAnswer(recordLines(lines, {}), 4);
    expect(JSON.stringify(answer)).not.toContain(secret);
    const ids = answer.fields.find(({ name }) => name === 'id')!.values;
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toContain('east-1732453200.15');
  });

  it('holds none in the labels and the name of a series', () => {
    const labels = { agent: secret, queue: '600100' };
    const config = { displayNameFromDS: `Calls ${secret} 600100` };
    const field = { name: 'totalCalls', type: 'number' as const, labels, config, values: [1] };
    expect(maskAnswer({ name: '', meta: {}, fields: [field] }, 4).fields[0]).toMatchObject({
      labels: { agent: '••••5123', queue: '600100' },
      config: { displayNameFromDS: 'Calls ••••5123 600100' },
    });
  });
});
