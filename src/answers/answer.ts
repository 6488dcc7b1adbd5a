import type { Text } from '../sentences/sentence';
import type { ValueMappings } from './value-mappings';

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
  type?: 'timeseries-wide' | 'heatmap-rows' | 'numeric-long' | 'log-lines';
  typeVersion?: [number, number];
  preferredVisualisationType?: 'table' | 'graph' | 'logs';
  executedQueryString?: string;
  /** In English. */
  notices?: Array<{ severity: 'info' | 'warning'; text: string }>;
  custom?: {
    live?: LiveSignal;
    /** What the English texts of the answer say, for a page to say it in its user's language. */
    texts?: Text[];
  };
}

/**
 * Where a text comes from: `system` for names that the PBX's administrator gave and words of this product; `callId` and
 * `lineId` for what calls and lines are known by; `sentence` for sentences of the answer's `texts`, of which that counts what
 * they mention; `free` for what callers, phones and dialplans fill in, which may hold telephone numbers.
 */
export type TextOrigin = 'system' | 'callId' | 'lineId' | 'sentence' | 'free';

/** One value that a time series is of. */
export interface SeriesGroup {
  label: string;
  text: string;
  /** The text with its name; left out where it has none. */
  named?: string;
  origin: TextOrigin;
}

export interface Series {
  /** Of the figure. */
  figure: string;
  /** How it is named, see `CdrQuery`; empty for the figure and the groups, or the groups alone where `isOfOne`. */
  legend: string;
  /** True where all series of the answer are of one figure. */
  isOfOne: boolean;
  groups: SeriesGroup[];
}

export interface AnswerField {
  name: string;
  type: 'time' | 'number' | 'string' | 'boolean' | 'json';
  nullable?: boolean;
  /** Where its texts come from; `free` where nothing is said. */
  origin?: TextOrigin;
  /** True where its texts are lists of ids, with `, ` between them. */
  isList?: boolean;
  /** The same of the fields of its JSON. */
  origins?: Record<string, TextOrigin>;
  /** What its labels and its name are made of, see `seriesField`. */
  series?: Series;
  labels?: Record<string, string>;
  config: {
    displayNameFromDS: string;
    unit?: string;
    description?: string;
    decimals?: number;
    min?: number;
    max?: number;
    /** Names of its values. */
    mappings?: ValueMappings;
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
