import { RecordBatchReader, tableFromIPC } from 'apache-arrow';
import { turnsOfOthers } from '../../tests/support/turns-of-others';
import type { Frame, FrameField } from './frame';
import { toArrow } from './to-arrow';

const decode = async (frame: Frame) => tableFromIPC(await toArrow(frame));
const column = async (field: Omit<FrameField, 'name'>) =>
  (await decode({ fields: [{ name: 'f', ...field }] })).getChildAt(0)!;
const nanoseconds = async (field: Omit<FrameField, 'name'>) => [
  ...((await column(field)).data[0].values as BigInt64Array),
];

describe('toArrow', () => {
  it('writes an Arrow IPC file, not a stream', async () => {
    const bytes = Buffer.from(await toArrow({ fields: [{ name: 'f', type: 'number', values: [1] }] }));
    expect(bytes.subarray(0, 6).toString()).toBe('ARROW1');
    expect(bytes.subarray(-6).toString()).toBe('ARROW1');
  });

  it('puts name, refId and meta into the metadata of the schema', async () => {
    const meta = { typeVersion: [0, 1] as [number, number], notices: [{ severity: 'info' as const, text: 'Hello' }] };
    const metadata = (await decode({ name: 'calls', refId: 'A', meta, fields: [] })).schema.metadata;
    expect(Object.fromEntries(metadata)).toEqual({ name: 'calls', refId: 'A', meta: JSON.stringify(meta) });
  });

  it('keeps the labels of each of several fields of one name', async () => {
    const fields = ['sales', 'support', 'billing'].map((queue) => ({
      name: 'wait',
      type: 'number' as const,
      labels: { queue },
      values: [1],
    }));
    // A table made of it would mix them up as the batch does.
    const { schema } = RecordBatchReader.from(await toArrow({ fields })).open();
    const labels = schema.fields.map(({ metadata }) => metadata.get('labels'));
    expect(labels).toEqual(['{"queue":"sales"}', '{"queue":"support"}', '{"queue":"billing"}']);
  });

  it('puts labels and config into the metadata of the field', async () => {
    const labels = { queue: 'support' };
    const config = { unit: 's', decimals: 0 };
    const table = await decode({ fields: [{ name: 'wait', type: 'number', labels, config, values: [1] }] });
    const [field] = table.schema.fields;
    expect(field.name).toBe('wait');
    expect(Object.fromEntries(field.metadata)).toEqual({
      labels: JSON.stringify(labels),
      config: JSON.stringify(config),
    });
  });

  it('writes times as exact nanoseconds, before 1970 too', async () => {
    expect(await nanoseconds({ type: 'time', values: [1709210096789, -1] })).toEqual([1709210096789000000n, -1000000n]);
  });

  it('writes no negative zero, which Grafana shows as -0', async () => {
    const values = [...(await column({ type: 'number', values: [-0, 0, -1] }))] as number[];
    expect(values.map((value) => Object.is(value, -0))).toEqual([false, false, false]);
    expect(values).toEqual([0, 0, -1]);
  });

  it.each<[FrameField['type'], FrameField['values'], unknown[]]>([
    ['number', [1.5, null, -0.1], [1.5, null, -0.1]],
    ['string', ['Zoë', null, '', '☎ 日本 😀'], ['Zoë', null, '', '☎ 日本 😀']],
    [
      'boolean',
      [true, null, false, true, true, true, true, true, null, true],
      [true, null, false, true, true, true, true, true, null, true],
    ],
  ])('keeps every %s and every null', async (type, values, expected) => {
    expect((await column({ type, values })).toJSON()).toEqual(expected);
  });

  it('writes JSON values as the bytes of their text', async () => {
    const [object, missing] = await column({ type: 'json', values: [{ a: ['ë', null] }, null] });
    expect(Buffer.from(object as Uint8Array).toString()).toBe('{"a":["ë",null]}');
    expect(missing).toBeNull();
  });

  it('lets null stand in any field but time, unless the field says otherwise', async () => {
    const nullable = (field: Omit<FrameField, 'name' | 'values'>) =>
      decode({ fields: [{ name: 'f', ...field, values: [] }] }).then(({ schema }) => schema.fields[0].nullable);
    expect(await nullable({ type: 'string' })).toBe(true);
    expect(await nullable({ type: 'time' })).toBe(false);
    expect(await nullable({ type: 'string', nullable: false })).toBe(false);
    expect(await nullable({ type: 'time', nullable: true })).toBe(true);
    expect((await column({ type: 'time', nullable: true, values: [null, 1] })).nullCount).toBe(1);
  });

  it('keeps the fields of a frame without rows', async () => {
    const table = await decode({ fields: [{ name: 'f', type: 'string', values: [] }] });
    expect([table.numRows, table.schema.fields.length]).toEqual([0, 1]);
  });

  it('names the fields whose lengths differ', async () => {
    const fields: FrameField[] = [
      { name: 'time', type: 'time', values: [1, 2] },
      { name: 'calls', type: 'number', values: [1] },
    ];
    await expect(toArrow({ name: 'x', fields })).rejects.toThrow('of frame "x" "time" has 2, "calls" has 1');
  });

  it.each<[string, Omit<FrameField, 'name'>, string]>([
    [
      'null in a time',
      { type: 'time', values: [1, null] },
      'a value, as the field is not nullable, but row 1 has null',
    ],
    ['a fraction of a millisecond', { type: 'time', values: [1.5] }, 'an integer, but row 0 has number 1.5'],
    ['a text among numbers', { type: 'number', values: ['1'] }, 'a number, but row 0 has string 1'],
    ['a number among texts', { type: 'string', values: [1] }, 'a string, but row 0 has number 1'],
    ['a number among booleans', { type: 'boolean', values: [1] }, 'true or false, but row 0 has number 1'],
  ])('refuses %s, naming field, row and value', async (_, field, message) => {
    await expect(column(field)).rejects.toThrow(`Field "f" of type ${field.type} expects`);
    await expect(column(field)).rejects.toThrow(message);
  });

  it('gives others a turn between columns of many rows', async () => {
    const values = Array.from({ length: 30_000 }, String);
    const fields = Array.from({ length: 10 }, (_, n): FrameField => ({ name: `f${n}`, type: 'string', values }));
    const turns = await turnsOfOthers(() => toArrow({ fields }));
    expect(turns).toBeGreaterThanOrEqual(9);
  });
});
