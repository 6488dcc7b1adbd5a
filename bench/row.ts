/** One line of the table of a run: texts with their units. */
export interface Row {
  what: string;
  ours: string;
  comparedWith?: string;
  /** How many times better ours is. */
  ratio?: string;
  target?: string;
  isMet?: boolean;
}

/** What a part of the bench found; the notes stand below the table. */
export interface Result {
  rows: Row[];
  notes?: string[];
}

export interface BenchOptions {
  /** Of this run, removed at its end. */
  folder: string;
  /** Sizes that the command line asks for; each part has its own. */
  records?: number;
  seconds?: number;
}
