import { knownText } from './known-text';

/** A caller in the line of a queue. Empty texts where a number or a name is withheld. */
export interface LineCaller {
  /** Of the caller's channel. */
  uniqueId: string;
  number: string;
  name: string;
  /** When the caller joined, epoch milliseconds. */
  since: number;
  /** The least is next. */
  place: number;
}

/** A caller who waits in a queue. */
export interface WaitingCaller extends Omit<LineCaller, 'place'> {
  server: string;
  queue: string;
  /** From 1. */
  position: number;
}

type Fields = Readonly<Record<string, string>>;

/** What an event says of a caller; the names of its fields begin with the prefix. */
export function callerFrom(fields: Fields, prefix = ''): Pick<LineCaller, 'uniqueId' | 'number' | 'name'> {
  return {
    uniqueId: fields[`${prefix}Uniqueid`] ?? '',
    number: knownText(fields[`${prefix}CallerIDNum`]),
    name: knownText(fields[`${prefix}CallerIDName`]),
  };
}

/**
 * The place of one who joins at a position (from 1) before others, as callers with a priority do; null where nobody is behind
 * that position, or none is given.
 */
export function placeBefore(callers: Iterable<LineCaller>, position: number): number | null {
  const line = inLine(callers);
  const next = line[position - 1];
  const before = line[position - 2];
  return next ? (next.place + (before?.place ?? next.place - 2)) / 2 : null;
}

/** The next one first. */
export function inLine(callers: Iterable<LineCaller>): LineCaller[] {
  return [...callers].sort((a, b) => a.place - b.place);
}
