import type { Frame, FrameField } from './frame';
import { isNullable } from './is-nullable';
import { rowCount } from './row-count';

/** Names of grafana-plugin-sdk-go's field types and of the browser's, by ours. */
const typeNames: Record<FrameField['type'], { type: string; frame: string }> = {
  time: { type: 'time', frame: 'time.Time' },
  number: { type: 'number', frame: 'float64' },
  string: { type: 'string', frame: 'string' },
  boolean: { type: 'boolean', frame: 'bool' },
  json: { type: 'other', frame: 'json.RawMessage' },
};

/** A frame as the JSON that Grafana Live carries: `{schema, data}` of grafana-plugin-sdk-go's `data.FrameToJSON`. */
export function toJson(frame: Frame): string {
  rowCount(frame);
  const { name, refId, meta, fields } = frame;
  return JSON.stringify({
    schema: { name, refId, meta, fields: fields.map(fieldSchema) },
    data: { values: fields.map((field) => field.values), entities: entities(fields) },
  });
}

function fieldSchema(field: FrameField) {
  const { type, frame } = typeNames[field.type];
  const { name, labels, config } = field;
  return { name, type, typeInfo: { frame, nullable: isNullable(field) || undefined }, labels, config };
}

/** Rows of the numbers that JSON lacks (it writes them as null), by field; undefined if there are none at all. */
function entities(fields: FrameField[]) {
  const lookups = fields.map((field) => (field.type === 'number' ? notFinite(field.values) : null));
  return lookups.some(Boolean) ? lookups : undefined;
}

function notFinite(values: FrameField['values']): Record<string, number[]> | null {
  let rows: Record<string, number[]> | null = null;
  values.forEach((value, row) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      const name = Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : 'NegInf';
      ((rows ??= {})[name] ??= []).push(row);
    }
  });
  return rows;
}
