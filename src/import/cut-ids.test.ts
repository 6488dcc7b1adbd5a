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
