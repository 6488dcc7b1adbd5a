import { idWidths, withoutCutIds } from './cut-ids';

const whole = { uniqueId: Infinity, linkedId: Infinity };
const row = (UniqueID: string, linkedid: string, n: number) => ({
  UniqueID,
  linkedid,
  Channel: `PJSIP/a-${n}`,
  StartTime: `2026-11-25 0${n}:00:00`,
});

describe('ids that their column cut', () => {
  it.each([
    ['amid the seconds', ['pbx-frankfurt-1795', 'pbx-frankfurt-1795']],
    ['amid the seconds, so that they differ', ['pbx-frankfurt-179560', 'pbx-frankfurt-179563']],
    ['before the seconds', ['pbx-frankfurt-', 'pbx-frankfurt-']],
    ['amid the name of the PBX', ['pbx-frank', 'pbx-frank']],
  ])('%s are known to be', (_, ids) => {
    const rows = ids.map((id, n) => row(id, id, n));
    expect(idWidths(rows)).toEqual({ uniqueId: ids[0]!.length, linkedId: ids[0]!.length });
    expect(withoutCutIds(rows[0]!, idWidths(rows))).toMatchObject({ UniqueID: '', linkedid: '' });
  });

  it('are the linked ones where only their column is shorter', () => {
    const rows = [
      row('frankfurt-1795600000.1', 'frankfurt-179560', 1),
      row('frankfurt-1795600009.22', 'frankfurt-179560', 2),
    ];
    expect(idWidths(rows)).toEqual({ uniqueId: Infinity, linkedId: 16 });
    expect(withoutCutIds(rows[0]!, idWidths(rows))).toMatchObject({ UniqueID: 'frankfurt-1795600000.1', linkedid: '' });
  });
});

describe('ids that their column cut within the last number', () => {
  const channel = (UniqueID: string, n: number) => ({
    ...{ UniqueID, linkedid: UniqueID, Channel: `PJSIP/trunk-acme-${n.toString(16).padStart(8, '0')}` },
    StartTime: `2026-11-25 09:0${n}:00`,
  });

  it('are known by a number that stands still while channels go on, and only the UniqueID is dropped', () => {
    const rows = [channel('1795600000.12', 1), channel('1795600009.12', 2), channel('1795600010.13', 3)];
    expect(idWidths(rows.reverse())).toEqual({ uniqueId: 13, linkedId: Infinity });
    expect(withoutCutIds(rows[0]!, idWidths(rows))).toMatchObject({ UniqueID: '', linkedid: '1795600010.13' });
  });

  it('are known by a short number once it stood still for some channels', () => {
    const rows = [1, 2, 3, 4].map((n) => channel(`179560000${n}.1`, n));
    expect(idWidths(rows)).toEqual({ uniqueId: 12, linkedId: Infinity });
    expect(idWidths(rows.slice(0, 2))).toEqual(whole);
  });

  it('are not those of a PBX that began to count again', () => {
    const rows = [channel('1795600000.12', 5), { ...channel('1795700000.12', 2), StartTime: '2026-11-26 13:00:00' }];
    expect(idWidths(rows)).toEqual(whole);
  });
});

it.each([
  ['plain ones', [row('1795600000.1', '1795600000.1', 1), row('1795600009.2', '1795600000.1', 2)]],
  ['records of one channel', [row('1795600000.1', '', 1), row('1795600000.1', '', 1)]],
  ['one channel whose name changed', [row('1795600000.1', '1795600000.1', 1), row('1795600000.1', '1795600000.1', 2)]],
  ['UUIDs', [row('0b1c-1', '0b1c-1', 1), row('0b1d-22', '0b1c-1', 2)]],
  ['of one row', [row('pbx-1795', 'pbx-1795', 1)]],
  ['of another form, all of one call', [row('a-1', 'a-1', 1), row('a-22', 'a-1', 2)]],
  ['none', []],
])('whole ids are not taken for cut ones: %s', (_, rows) => {
  expect(idWidths(rows)).toEqual(whole);
});
