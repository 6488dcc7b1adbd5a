import * as v from 'valibot';
import { rowProblems } from '../setup/import-progress';

const phase = v.picklist(['idle', 'running', 'done']);

/** What an import keeps of its work. Times in epoch milliseconds. */
const stateSchema = v.object({
  history: v.object({
    phase,
    /** Where reading goes on; empty at the beginning. */
    position: v.string(),
    /** Rows or bytes. */
    done: v.number(),
    total: v.number(),
    startedAt: v.number(),
  }),
  /** Up to where it was read what a file grew by since its history. */
  tail: v.string(),
  /** Stretches of which all is read, ordered and apart: a gap is filled in where one of them holds it. */
  read: v.array(v.tuple([v.number(), v.number()])),
  added: v.number(),
  gapsFilled: v.number(),
  problems: v.record(v.picklist(rowProblems), v.number()),
  checkedAt: v.nullable(v.number()),
});
export type ImportState = v.InferOutput<typeof stateSchema>;

/** As it was kept when gaps had a watermark, which told some as filled in that were not: they are read again. */
const withWatermark = v.pipe(
  v.object({
    phase,
    position: v.string(),
    done: v.number(),
    total: v.number(),
    added: v.number(),
    checkedAt: v.nullable(v.number()),
  }),
  v.transform(({ phase, position, done, total, added, checkedAt }): ImportState => ({
    ...untouched,
    history: { phase, position: phase === 'running' ? position : '', done, total, startedAt: 0 },
    tail: position,
    added,
    checkedAt,
  }))
);

export const untouched: ImportState = {
  history: { phase: 'idle', position: '', done: 0, total: 0, startedAt: 0 },
  tail: '',
  read: [],
  added: 0,
  gapsFilled: 0,
  problems: {},
  checkedAt: null,
};

/** What was kept; that of an import which never ran where nothing was, or what can't be read. */
export function importState(kept: unknown): ImportState {
  const read = v.safeParse(v.union([stateSchema, withWatermark]), kept);
  return read.success ? read.output : untouched;
}
