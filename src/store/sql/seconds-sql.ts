import type { BandBounds } from '../../cdr/bands';
import type { Phase } from '../../cdr/distributions';
import type { Fact } from '../../cdr/measures';
import type { Binds } from './binds';

const answered = (column: string): string => `CASE WHEN f.visit_outcome = 'answered' THEN ${column} END`;

const ofCall = (call: string): Partial<Record<Phase, string>> => ({
  wait: `CASE WHEN ${call}.queue <> '' THEN ${call}.wait_time END`,
  ring: `CASE WHEN ${call}.outcome = 'answered' THEN coalesce(${call}.ring_time, 0) END`,
  talk: `CASE WHEN ${call}.outcome = 'answered' THEN ${call}.talk_time END`,
});

/** Seconds that a fact spent in a phase, null where it had none or has not ended: the counterpart of `FactRow.seconds`. */
const seconds: Partial<Record<Fact, Partial<Record<Phase, string>>>> = {
  call: ofCall('f'),
  made: ofCall('f'),
  record: ofCall('c'),
  lostCaller: ofCall('f'),
  contact: ofCall('f'),
  visit: {
    wait: "CASE WHEN f.visit_outcome IN ('answered', 'abandoned') THEN f.wait_time END",
    answer: answered('coalesce(f.answer_delay, f.wait_time)'),
    talk: answered('f.talk_time'),
  },
  leg: {
    ring: 'f.ring_time',
    talk: 'CASE WHEN f.answered THEN f.talk_time END',
  },
};

/** Null of facts that have no such phase. */
export function secondsSql(fact: Fact, phase: Phase, binds: Binds): string | null {
  const found = seconds[fact]?.[phase] ?? null;
  binds.joinsCall ||= fact === 'record' && found !== null;
  return found;
}

/** The counterpart of `bandOf`. */
export function bandSql(fact: Fact, phase: Phase, bounds: BandBounds, binds: Binds): string {
  const value = secondsSql(fact, phase, binds);
  if (value === null) {
    return "''";
  }
  const bands = bounds.map((bound, place) => `WHEN (${value}) <= ${binds.integer(bound)} THEN '${place}'`);
  return `CASE WHEN (${value}) IS NULL THEN '' ${bands.join(' ')} ELSE '${bounds.length}' END`;
}
