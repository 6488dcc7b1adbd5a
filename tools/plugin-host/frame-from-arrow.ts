import { RecordBatchReader, tableFromIPC, type Field, type Vector } from 'apache-arrow';
import type { FieldConfig, Frame, FrameField, FrameMeta } from '../../src/plugin-protocol/frame';

/** Reads a frame from the Arrow IPC file that a plugin answers with, as Grafana's server does. */
export function frameFromArrow(bytes: Uint8Array): Frame {
  const table = tableFromIPC(bytes);
  // The table's own schema mixes up the metadata of fields of one name.
  const { metadata, fields } = RecordBatchReader.from(bytes).open().schema;
  return {
    name: metadata.get('name'),
    refId: metadata.get('refId'),
    meta: parse<FrameMeta>(metadata.get('meta')),
    fields: fields.map((field, column) => frameField(field, table.getChildAt(column)!)),
  };
}

function frameField(field: Field, vector: Vector): FrameField {
  const { type, read } = readers[String(field.type)] ?? unknownType(field);
  return {
    name: field.name,
    type,
    nullable: field.nullable,
    labels: parse<Record<string, string>>(field.metadata.get('labels')),
    config: parse<FieldConfig>(field.metadata.get('config')),
    values: Array.from({ length: vector.length }, (_, row) => {
      const value: unknown = vector.get(row);
      return value === null ? null : read(value);
    }),
  };
}

type Value = Exclude<FrameField['values'][number], null>;

/** By Arrow's own name of the type. apache-arrow reads every timestamp as milliseconds. */
const readers: Record<string, { type: FrameField['type']; read: (value: unknown) => Value }> = {
  'Timestamp<NANOSECOND>': { type: 'time', read: Number },
  Float64: { type: 'number', read: Number },
  Utf8: { type: 'string', read: String },
  Bool: { type: 'boolean', read: Boolean },
  Binary: { type: 'json', read: (value) => JSON.parse(Buffer.from(value as Uint8Array).toString()) as Value },
};

function unknownType(field: Field): never {
  throw new Error(
    `Field "${field.name}" has the Arrow type ${String(field.type)}, expected one of ${Object.keys(readers).join(', ')}.`
  );
}

function parse<T>(json: string | undefined): T | undefined {
  return json ? (JSON.parse(json) as T) : undefined;
}
