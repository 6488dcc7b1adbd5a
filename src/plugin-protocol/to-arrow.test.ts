import { RecordBatchReader, tableFromIPC } from 'apache-arrow';
import type { Frame, FrameField } from './frame';
import { toArrow } from './to-arrow';

const decode = (frame: Frame) => tableFromIPC(toArrow(frame));
const column = (field: Omit<FrameField, 'name'>) => decode({ fields: [{ name: 'f', ...field }] }).getChildAt(0)!;
const nanoseconds = (field: Omit<FrameField, 'name'>) => [...(column(field).data[0].values as BigInt64Array)];

describe('toArrow', () => {
  it('writes an Arrow IPC file, not a stream', () => {
    const bytes = Buffer.from(toArrow({ fields: [{ name: 'f', type: 'number', values: [1] }] }));
    expect(bytes.subarray(0, 6).toString()).toBe('ARROW1');
    expect(bytes.subarray(-6).toString()).toBe('ARROW1');
  });

  it('puts name, refId and meta into the metadata of the schema', () => {
    const meta = { typeVersion: [0, 1] as [number, number], notices: [{ severity: 'info' as const, text: 'Hello' }] };
    const metadata = decode({ name: 'calls', refId: 'A', meta, fields: [] }).schema.metadata;
    expect(Object.fromEntries(metadata)).toEqual({ name: 'calls', refId: 'A', meta: JSON.stringify(meta) });
  });

  it('keeps the labels of each of several fields of one name', () => {
    const fields = ['sales', 'support', 'billing'].map((queue) => ({
      name: 'wait',
      type: 'number' as const,
      labels: { queue },
      values: [1],
    }));
    // A table made of it would mix them up as the batch does.
    const { schema } = RecordBatchReader.from(toArrow({ fields })).open();
    const labels = schema.fields.map(({ metadata }) => metadata.get('labels'));
    expect(labels).toEqual(['{"queue":"sales"}', '{"queue":"support"}', '{"queue":"billing"}']);
  });

  it('puts labels and config into the metadata of the field', () => {
    const labels = { queue: 'support' };
    const config = { unit: 's', decimals: 0 };
    const [field] = decode({ fields: [{ name: 'wait', type: 'number', labels, config, values: [1] }] }).schema.fields;
    expect(field.name).toBe('wait');
    expect(Object.fromEntries(field.metadata)).toEqual({
      labels: JSON.stringify(labels),
      config: JSON.stringify(config),
    });
  });

  it('writes times as exact nanoseconds, before 1970 too', () => {
    expect(nanoseconds({ type: 'time', values: [1709210096789, -1] })).toEqual([1709210096789000000n, -1000000n]);
  });

  it.each<[FrameField['type'], FrameField['values'], unknown[]]>([
    ['number', [1.5, null, -0.1], [1.5, null, -0.1]],
    ['string', ['Zoë', null, '', '☎ 日本 😀'], ['Zoë', null, '', '☎ 日本 😀']],
    [
      'boolean',
      [true, null, false, true, true, true, true, true, null, true],
      [true, null, false, true, true, true, true, true, null, true],
    ],
  ])('keeps every %s and every null', (type, values, expected) => {
    expect(column({ type, values }).toJSON()).toEqual(expected);
  });

  it('writes JSON values as the bytes of their text', () => {
    const [object, missing] = column({ type: 'json', values: [{ a: ['ë', null] }, null] });
    expect(Buffer.from(object as Uint8Array).toString()).toBe('{"a":["ë",null]}');
    expect(missing).toBeNull();
  });

  it('lets null stand in any field but time, unless the field says otherwise', () => {
    const nullable = (field: Omit<FrameField, 'name' | 'values'>) =>
      decode({ fields: [{ name: 'f', ...field, values: [] }] }).schema.fields[0].nullable;
    expect(nullable({ type: 'string' })).toBe(true);
    expect(nullable({ type: 'time' })).toBe(false);
    expect(nullable({ type: 'string', nullable: false })).toBe(false);
    expect(nullable({ type: 'time', nullable: true })).toBe(true);
    expect(column({ type: 'time', nullable: true, values: [null, 1] }).nullCount).toBe(1);
  });

  it('keeps the fields of a frame without rows', () => {
    const table = decode({ fields: [{ name: 'f', type: 'string', values: [] }] });
    expect([table.numRows, table.schema.fields.length]).toEqual([0, 1]);
  });

  it('names the fields whose lengths differ', () => {
    const fields: FrameField[] = [
      { name: 'time', type: 'time', values: [1, 2] },
      { name: 'calls', type: 'number', values: [1] },
    ];
    expect(() => toArrow({ name: 'x', fields })).toThrow('of frame "x" "time" has 2, "calls" has 1');
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
  ])('refuses %s, naming field, row and value', (_, field, message) => {
    expect(() => column(field)).toThrow(`Field "f" of type ${field.type} expects`);
    expect(() => column(field)).toThrow(message);
  });
});
