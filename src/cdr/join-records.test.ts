import { cdrRecord, noon } from '../../tests/support/cdr-builders';
import { joinRecords } from './join-records';
import type { CdrRecord } from './record';

const hour = 3_600_000;
const live = (overrides: Partial<CdrRecord> = {}) => cdrRecord(overrides);
const imported = (overrides: Partial<CdrRecord> = {}) => cdrRecord({ imported: true, ...overrides });

function join(...records: CdrRecord[]): CdrRecord[] {
  return records.reduce((known: CdrRecord[], record) => joinRecords(known, [record]).records, []);
}

/** Both orders of arrival must give the same one record. */
function one(a: CdrRecord, b: CdrRecord): CdrRecord {
  const [first, ...more] = join(a, b);
  expect(more).toEqual([]);
  expect(join(b, a)).toEqual([first]);
  return first!;
}

it('records of one way that are a second apart are two', () => {
  expect(join(live({ sequence: null }), live({ sequence: null, duration: 11 }))).toHaveLength(2);
  expect(join(imported({ sequence: null }), imported({ sequence: null, duration: 11 }))).toHaveLength(2);
});

describe('a record that came live and was imported', () => {
  it('is the live one, with what only the table tells filled in', () => {
    const known = live({ sequence: null, linkedIdMapped: false, accountCode: '', custom: { DID: '100', Note: '' } });
    const table = imported({
      sequence: 7,
      linkedId: `${noon / 1000}.0`,
      accountCode: 'acme',
      endTime: noon + 11_000,
      callerId: 'cut',
      custom: { did: 'other', note: 'from the table', recordingfile: 'a.wav' },
    });
    expect(one(known, table)).toEqual({
      ...known,
      sequence: 7,
      linkedId: `${noon / 1000}.0`,
      linkedIdMapped: true,
      accountCode: 'acme',
      custom: { DID: '100', Note: 'from the table', recordingfile: 'a.wav' },
    });
  });

  it('is as it came live where the table lacks sequence, linked id and times', () => {
    const table = imported({ sequence: null, linkedIdMapped: false, answerTime: null, endTime: null });
    expect(one(live(), table)).toEqual(live());
  });

  it('is one though the file brought no UniqueID', () => {
    const file = imported({ uniqueId: '', linkedId: 'PJSIP/trunk-1.0', linkedIdMapped: false, sequence: null });
    expect(one(live(), file)).toEqual(live());
    expect(one(live({ linkedIdMapped: false }), file)).toEqual(live({ linkedIdMapped: false }));
  });

  it('is one though the table was read in the wrong zone', () => {
    const shift = 2 * hour;
    const misread = imported({ startTime: noon + shift, endTime: noon + shift + 10_000 });
    expect(one(live(), misread)).toEqual(live());
  });

  it.each([
    ['the duration', { duration: 11 }],
    ['the billable seconds', { billableSeconds: 9 }],
    ['the start', { startTime: noon + 1000 }],
    ['all of them', { duration: 11, billableSeconds: 7, startTime: noon + 1000 }],
  ])('is one though the table rounded %s', (_, rounded) => {
    expect(one(live(), imported({ ...rounded, sequence: null }))).toEqual(live());
  });

  it('is the one of its own seconds, where another of the same channel is a second longer', () => {
    const [short, long] = [live({ sequence: 1 }), live({ sequence: 2, duration: 11 })];
    const rows = [imported({ sequence: null }), imported({ sequence: null, duration: 11 })];
    for (const order of [[...rows, short, long], [short, long, ...rows], [long, short, ...rows].reverse()]) {
      expect(join(...order)).toHaveLength(2);
    }
  });

  it('takes the place of one imported before it', () => {
    expect(joinRecords([imported()], [live()])).toEqual({ records: [live()], fresh: [live()], gone: [imported()] });
    expect(joinRecords([live()], [imported()])).toEqual({ records: [live()], fresh: [], gone: [] });
  });
});

describe('legs of one call with the same UniqueID', () => {
  it('stay apart by sequence, by member, by second and by how they ended', () => {
    const legs = [
      imported(),
      imported({ sequence: 2 }),
      imported({ sequence: null, destinationChannel: 'PJSIP/1002-00000003' }),
      imported({ sequence: null, destinationChannel: '', startTime: noon + 1000 }),
      imported({ sequence: null, destinationChannel: '', disposition: 'BUSY' }),
      imported({ sequence: null, destinationChannel: '', duration: 11 }),
    ];
    expect(join(...legs)).toHaveLength(legs.length);
    expect(join(...legs, ...legs.map((leg) => ({ ...leg, imported: false })))).toHaveLength(legs.length);
  });

  it('that only a sequence tells apart are as many as came live, whatever came first', () => {
    const legs = [live({ sequence: 5 }), live({ sequence: 6 })];
    const row = imported({ sequence: null });
    for (const order of [
      [row, row, ...legs],
      [...legs, row, row],
      [row, legs[1]!, row, legs[0]!],
    ]) {
      expect(join(...order).map(({ sequence }) => sequence)).toEqual(expect.arrayContaining([5, 6]));
      expect(join(...order)).toHaveLength(2);
    }
  });

  it('that came live stay apart though they are hours apart to the second', () => {
    expect(join(live({ sequence: null }), live({ sequence: null, startTime: noon + hour }))).toHaveLength(2);
  });
});

it('a record imported again is as it was read last', () => {
  const again = imported({ startTime: noon + hour, endTime: noon + hour + 10_000, sequence: null });
  expect(join(imported(), again)).toEqual([{ ...again, sequence: 1 }]);
});
