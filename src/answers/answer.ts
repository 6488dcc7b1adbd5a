/**
 * An answer as columns, as Grafana's data frames have them: the server part sends it as it is, a browser turns it into a
 * data frame. Times in epoch milliseconds.
 */
export interface Answer {
  name: string;
  meta: AnswerMeta;
  fields: AnswerField[];
}

/**
 * What a frame of a live channel means that holds no rows: `gone`, the rows of these calls (fields server and linkedId) are
 * none of the answer any more, but for those sent after it; `renew`, the channel has ended, ask for today's.
 */
export type LiveSignal = 'gone' | 'renew';

export interface AnswerMeta {
  type?: 'timeseries-wide' | 'numeric-long' | 'log-lines';
  typeVersion?: [number, number];
  preferredVisualisationType?: 'table' | 'graph' | 'logs';
  executedQueryString?: string;
  notices?: Array<{ severity: 'info' | 'warning'; text: string }>;
  custom?: { live: LiveSignal };
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
