/**
 * A Grafana data frame as plain data: what a plugin answers with. `toArrow` turns it into the bytes that Grafana reads.
 *
 * Shapes follow Grafana's data frame (grafana-plugin-sdk-go `data.Frame`); everything in `config` and `meta.custom` is
 * passed on as JSON.
 */
export interface Frame {
  name?: string;
  refId?: string;
  meta?: FrameMeta;
  fields: FrameField[];
}

/** One column. `time` values are epoch milliseconds (integers); `json` values are any JSON. All values of a frame have one length. */
export interface FrameField {
  name: string;
  type: 'time' | 'number' | 'string' | 'boolean' | 'json';
  /** Whether `null` may stand among the values; a time field of an alert's time series may not be nullable. Default true, false for time. */
  nullable?: boolean;
  labels?: Record<string, string>;
  config?: FieldConfig;
  values: ReadonlyArray<number | string | boolean | object | null>;
}

export interface FieldConfig {
  displayNameFromDS?: string;
  description?: string;
  /** A Grafana unit id, such as `percent`, `s` or `none`. */
  unit?: string;
  decimals?: number;
  min?: number;
  max?: number;
  links?: Array<{ title: string; url: string; targetBlank?: boolean; internal?: unknown }>;
  /** Grafana's value mappings. */
  mappings?: ReadonlyArray<object>;
  custom?: Record<string, unknown>;
}

export interface FrameMeta {
  type?: string;
  typeVersion?: [number, number];
  notices?: FrameNotice[];
  /** Live channel whose data continues this frame. */
  channel?: string;
  preferredVisualisationType?: string;
  executedQueryString?: string;
  custom?: Record<string, unknown>;
}

export interface FrameNotice {
  severity: 'info' | 'warning' | 'error';
  text: string;
  link?: string;
}
