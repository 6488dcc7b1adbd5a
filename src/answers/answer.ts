/**
 * An answer as columns, as Grafana's data frames have them: the server part sends it as it is, a browser turns it into a
 * data frame. Times in epoch milliseconds.
 */
export interface Answer {
  name: string;
  meta: AnswerMeta;
  fields: AnswerField[];
}

export interface AnswerMeta {
  type?: 'timeseries-wide' | 'numeric-long' | 'log-lines';
  typeVersion?: [number, number];
  preferredVisualisationType?: 'table' | 'graph' | 'logs';
  executedQueryString?: string;
  notices?: Array<{ severity: 'info' | 'warning'; text: string }>;
}

export interface AnswerField {
  name: string;
  type: 'time' | 'number' | 'string' | 'boolean' | 'json';
  nullable?: boolean;
  labels?: Record<string, string>;
  config: {
    displayNameFromDS: string;
    unit?: string;
    description?: string;
    decimals?: number;
    min?: number;
    max?: number;
  };
  values: Array<number | string | boolean | object | null>;
}

export interface TimeRange {
  /** Epoch milliseconds. */
  from: number;
  /** Epoch milliseconds, exclusive. */
  to: number;
  /** Width of a time bucket that suits the panel. */
  intervalMs: number;
}
