import type { FrameField } from './frame';

/** Whether `null` may stand among a field's values. A time field has none unless it says so: Grafana's alerting insists. */
export function isNullable(field: FrameField): boolean {
  return field.nullable ?? field.type !== 'time';
}
