import { setImmediate } from 'node:timers/promises';
import {
  Binary,
  Bool,
  Field,
  Float64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampNanosecond,
  Utf8,
} from 'apache-arrow';
import type { Data } from 'apache-arrow';
import type { Frame, FrameField } from './frame';
import { isNullable } from './is-nullable';
import { rowCount } from './row-count';

/** Values that are written before others have their turn. */
const rowsOfTurn = 20_000;

type Value = FrameField['values'][number];

/**
 * A frame as an Arrow IPC file, the way grafana-plugin-sdk-go's `data.UnmarshalArrowFrame` reads it: times are
 * nanoseconds, JSON is binary, name, refId and meta are metadata of the schema, labels and config of the field.
 * Throws an Error that names the field if lengths differ or a value does not fit the field's type. Others have their turn
 * between columns.
 */
export async function toArrow(frame: Frame): Promise<Uint8Array> {
  const length = rowCount(frame);
  const columns: Data[] = [];
  let rows = 0;
  for (const field of frame.fields) {
    columns.push(column[field.type](field, length));
    rows += length;
    if (rows > rowsOfTurn) {
      rows = 0;
      await setImmediate();
    }
  }
  const fields = frame.fields.map(
    (field, i) => new Field(field.name, columns[i].type, isNullable(field), fieldMetadata(field))
  );
  const schema = new Schema(fields, frameMetadata(frame));
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(fields), length, nullCount: 0, children: columns })
  );
  const writer = new RecordBatchFileWriter();
  // A batch gives the first of several fields of one name, as series are, the metadata of the last: its own schema is no good.
  writer.reset(undefined, schema);
  writer.write(batch);
  return writer.finish().toUint8Array(true);
}

/** Encoder of each field type: one pass over the values into the buffers that go out. */
const column: Record<FrameField['type'], (field: FrameField, length: number) => Data> = {
  time(field, length) {
    const data = new BigInt64Array(length);
    const nulls = eachValue(field, (value, row) => {
      if (!Number.isInteger(value)) {
        throw misfit(field, row, value, 'epoch milliseconds as an integer');
      }
      // Exact only as BigInt: as a number, nanoseconds of our days are rounded to multiples of 256.
      data[row] = BigInt(value as number) * 1_000_000n;
    });
    return makeData({ type: new TimestampNanosecond(), length, ...nulls, data });
  },

  number(field, length) {
    const data = new Float64Array(length);
    const nulls = eachValue(field, (value, row) => {
      if (typeof value !== 'number') {
        throw misfit(field, row, value, 'a number');
      }
      // Grafana would show a negative zero as -0.
      data[row] = value + 0;
    });
    return makeData({ type: new Float64(), length, ...nulls, data });
  },

  boolean(field, length) {
    const data = new Uint8Array(Math.ceil(length / 8));
    const nulls = eachValue(field, (value, row) => {
      if (typeof value !== 'boolean') {
        throw misfit(field, row, value, 'true or false');
      }
      data[row >> 3] |= Number(value) << (row & 7);
    });
    return makeData({ type: new Bool(), length, ...nulls, data });
  },

  string(field, length) {
    const text = texts(field, length, (value, row) => {
      if (typeof value !== 'string') {
        throw misfit(field, row, value, 'a string');
      }
      return value;
    });
    return makeData({ type: new Utf8(), length, ...text });
  },

  json(field, length) {
    return makeData({ type: new Binary(), length, ...texts(field, length, (value) => JSON.stringify(value)) });
  },
};

/** UTF-8 of all values in one buffer, with the offset of each. */
function texts(field: FrameField, length: number, textOf: (value: Value, row: number) => string) {
  const strings = new Array<string>(length).fill('');
  let units = 0;
  const nulls = eachValue(field, (value, row) => {
    strings[row] = textOf(value, row);
    units += strings[row].length;
  });
  // A UTF-16 unit takes three bytes of UTF-8 at most.
  const data = Buffer.allocUnsafe(units * 3);
  const valueOffsets = new Int32Array(length + 1);
  for (let row = 0, end = 0; row < length; row++) {
    end += data.write(strings[row], end);
    valueOffsets[row + 1] = end;
  }
  return { ...nulls, valueOffsets, data: data.subarray(0, valueOffsets[length]) };
}

/** Calls `set` with each value that is not null; answers which are (a bit set means a value, absent means no null). */
function eachValue(field: FrameField, set: (value: Exclude<Value, null>, row: number) => void) {
  const { values } = field;
  let nullCount = 0;
  let nullBitmap: Uint8Array | undefined;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? null;
    if (value !== null) {
      set(value, row);
      continue;
    }
    if (!isNullable(field)) {
      throw misfit(field, row, value, 'a value, as the field is not nullable');
    }
    nullBitmap ??= new Uint8Array(Math.ceil(values.length / 8)).fill(255);
    nullBitmap[row >> 3] &= ~(1 << (row & 7));
    nullCount++;
  }
  return { nullCount, nullBitmap };
}

function misfit(field: FrameField, row: number, value: unknown, expected: string): Error {
  const found = value === null ? 'null' : `${typeof value} ${String(value)}`;
  return new Error(`Field "${field.name}" of type ${field.type} expects ${expected}, but row ${row} has ${found}`);
}

function frameMetadata({ name = '', refId = '', meta }: Frame): Map<string, string> {
  const metadata = new Map([
    ['name', name],
    ['refId', refId],
  ]);
  return meta ? metadata.set('meta', JSON.stringify(meta)) : metadata;
}

function fieldMetadata({ labels, config }: FrameField): Map<string, string> {
  const metadata = new Map<string, string>();
  if (labels) {
    metadata.set('labels', JSON.stringify(labels));
  }
  if (config) {
    metadata.set('config', JSON.stringify(config));
  }
  return metadata;
}
