import { PbxClock } from '../cdr/pbx-clock';
import { rowFields } from './row-fields';
import { TableClock } from './table-clock';
import { tableLayout } from './table-layout';

const clock = (pbxZone: string, tableZone?: string) =>
  new TableClock(new PbxClock(pbxZone), tableZone === undefined ? null : new PbxClock(tableZone));
const id = `${Date.UTC(2026, 6, 1, 10) / 1000}.1`;
const row = {
  StartTime: '2026-07-01 12:00:00',
  Duration: '10',
  BillableSeconds: '8',
  Disposition: 'ANSWERED',
  AMAFlags: '3',
  UniqueID: id,
};

describe('a row of a table', () => {
  it('has answer and end told from the rest where there is no column for them', () => {
    expect(rowFields(row, clock('Europe/Paris')).fields).toMatchObject({
      StartTime: '2026-07-01 12:00:00',
      AnswerTime: '2026-07-01 12:00:02',
      EndTime: '2026-07-01 12:00:10',
      AMAFlags: 'DOCUMENTATION',
    });
    const missed = { ...row, Disposition: '0', BillableSeconds: '0', AnswerTime: '0000-00-00 00:00:00' };
    expect(rowFields(missed, clock('Europe/Paris')).fields).toMatchObject({ Disposition: 'NO ANSWER', AnswerTime: '' });
  });

  it.each([
    ['2026-07-01 12:00:00.123456', clock('Europe/Paris')],
    ['2026-07-01 12:00:00+02', clock('Europe/Paris')],
    ['2026-07-01 10:00:00', clock('Europe/Paris', 'UTC')],
    ['1782900000', clock('Europe/Paris')],
    ['1782900000.75', clock('Europe/Paris')],
  ])('that began at %s is told by the clock of the PBX', (StartTime, by) => {
    expect(rowFields({ ...row, StartTime }, by).fields.StartTime).toBe('2026-07-01 12:00:00');
  });

  it('has whole seconds, and no custom field that is empty', () => {
    const seconds = { Duration: '10.9', BillableSeconds: '8.0001' };
    const { fields: read } = rowFields({ ...row, ...seconds, did: '', cnum: '7' }, clock('UTC'));
    expect(read).toMatchObject({ Duration: '10', BillableSeconds: '8', cnum: '7' });
    expect(read).not.toHaveProperty('did');
  });
});

describe('the columns of a table', () => {
  const asterisk =
    'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,uniqueid'.split(
      ','
    );
  const fieldsOf = (found: string[], configured = {}) =>
    Object.fromEntries(tableLayout(found, configured).columns.map(({ column, field }) => [column, field]));

  it('are known by Asterisk’s names in any case of letters; others are custom fields', () => {
    const upper = asterisk.map((name) => name.toUpperCase());
    expect(fieldsOf([...upper, 'AcctId', 'Kunde', 'LinkedID'])).toMatchObject({
      CALLDATE: 'StartTime',
      BILLSEC: 'BillableSeconds',

      LinkedID: 'linkedid',
      Kunde: 'Kunde',
    });
  });

  it('may have names of their own, also where another has Asterisk’s', () => {
    const found = [...asterisk.filter((name) => name !== 'uniqueid'), 'uid', 'uniqueid', 'kunde'];
    expect(fieldsOf(found, { uniqueid: 'uid', Customer: 'kunde' })).toMatchObject({
      uid: 'UniqueID',
      kunde: 'Customer',
    });
    expect(fieldsOf(found, { uniqueid: 'uid' })).not.toHaveProperty('uniqueid');
  });

  it('tell the start by start before calldate', () => {
    expect(tableLayout([...asterisk, 'start'], {}).time).toBe('start');
    expect(fieldsOf([...asterisk, 'start'])).not.toHaveProperty('calldate');
  });
});
