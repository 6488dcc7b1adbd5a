import { defaultRules } from '../../tests/support/cdr-builders';
import { PbxClock } from './pbx-clock';
import { recordFromFields } from './record-from-fields';

const fields = {
  Event: 'Cdr',
  Privilege: 'cdr,all',
  AccountCode: 'acme',
  Source: '5551234',
  Destination: '200',
  DestinationContext: 'from-trunk',
  CallerID: '"Ann" <5551234>',
  Channel: 'PJSIP/trunk-acme-00000004',
  DestinationChannel: 'PJSIP/1001-00000006',
  LastApplication: 'Queue',
  LastData: 'support,,,,12',
  StartTime: '2026-11-24 13:25:11',
  AnswerTime: '2026-11-24 13:25:13',
  EndTime: '2026-11-24 13:25:19',
  Duration: '8',
  BillableSeconds: '6',
  Disposition: 'ANSWERED',
  AMAFlags: 'DOCUMENTATION',
  UniqueID: '1795526711.6',
  UserField: '',
  Department: 'front-desk',
  LINKEDID: '1795526711.5',
  sequence: '7',
};

const read = (changed: Record<string, string> = {}, zone = '') =>
  recordFromFields('pbx-east', { ...fields, ...changed }, new PbxClock(zone), defaultRules, null);

describe('recordFromFields', () => {
  it('reads times, direction, agent, queue and mapped fields in any case of letters', () => {
    const { record, problems } = read();
    expect(problems).toEqual([]);
    expect(record).toMatchObject({
      server: 'pbx-east',
      linkedId: '1795526711.5',
      linkedIdMapped: true,
      sequence: 7,
      startTime: Date.UTC(2026, 10, 24, 13, 25, 11),
      answerTime: Date.UTC(2026, 10, 24, 13, 25, 13),
      endTime: Date.UTC(2026, 10, 24, 13, 25, 19),
      duration: 8,
      billableSeconds: 6,
      direction: 'inbound',
      agent: '1001',
      queue: 'support',
      custom: { Department: 'front-desk' },
    });
  });

  it('falls back to the UniqueID where LinkedID is not mapped', () => {
    expect(read({ LINKEDID: '' }).record).toMatchObject({ linkedId: '1795526711.6', linkedIdMapped: false });
  });

  it('never takes now for a start time that is missing or unreadable', () => {
    for (const StartTime of ['', 'soon']) {
      const { record, problems } = read({ StartTime });
      expect(record.startTime).toBeNull();
      expect(problems).toContain('start-time');
    }
  });

  it('keeps a disposition that it does not know', () => {
    expect(read({ Disposition: 'WEIRD' }).record.disposition).toBe('WEIRD');
  });

  it('tells a duration that is no number, and keeps the record', () => {
    const { record, problems } = read({ Duration: 'long' });
    expect(record.duration).toBe(0);
    expect(problems).toEqual(['duration']);
  });

  it('sees through a clock change within the record', () => {
    const { record } = read(
      {
        StartTime: '2026-11-01 01:50:00',
        AnswerTime: '2026-11-01 01:55:00',
        EndTime: '2026-11-01 01:10:00',
        Duration: '1200',
        UniqueID: `${Date.parse('2026-11-01T05:50:00Z') / 1000}.1`,
      },
      'America/New_York'
    );
    expect(record.answerTime! - record.startTime!).toBe(300_000);
    expect(record.endTime! - record.startTime!).toBe(1_200_000);
  });
});

test('of more than two hundred custom fields the others are left out and reported', () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`Label${n}`, 'x']));
  const { record, problems } = read({ ...many, LinkedID: '1.1' });
  expect(Object.keys(record.custom).length).toBeLessThanOrEqual(200);
  expect(problems).toEqual(['labels']);
  expect(record.linkedId).toBe('1.1');
});
