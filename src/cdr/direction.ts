import { RE2JS } from 're2js';
import { dialledTo } from './dialled-to';
import { PatternError } from './pattern-error';
import type { CdrRecord, Direction } from './record';
import { sentence } from '../sentences/sentence';

/** Fields of a record that a direction rule may look at. */
export const ruleFields = [
  'channel',
  'destinationChannel',
  'destinationContext',
  'source',
  'destination',
  'accountCode',
  'lastApplication',
] as const;
export type RuleField = (typeof ruleFields)[number];

/** The first rule whose pattern (RE2 syntax, found anywhere in the field) matches decides the direction. */
export interface DirectionRule {
  field: RuleField;
  pattern: string;
  direction: Direction;
}

/** What the direction of a record is known by: the fields of the rules, and what was dialled. */
export type DirectionInput = Pick<CdrRecord, RuleField | 'lastData'>;

export interface DirectionDecision {
  direction: Direction;
  /** Index of the rule that decided; null for the external-channel patterns. */
  rule: number | null;
}

/** Channels that lead outside: names that trunks usually have. */
export const defaultExternalChannels = ['(?i)^(SIP|PJSIP|IAX2|DAHDI)/(trunk|provider|gateway)'];

/**
 * Compiles the rules once into a function of a record. Patterns run in a linear-time engine, since users write them.
 * @throws PatternError that names the pattern which does not compile
 */
export function directionOf(
  rules: readonly DirectionRule[],
  externalChannels: readonly string[]
): (record: DirectionInput) => DirectionDecision {
  const compiled = rules.map((rule) => ({ ...rule, regex: compilePattern(rule.pattern) }));
  const isExternal = channelMatcher(externalChannels);
  return (record) => {
    const rule = compiled.findIndex(({ field, regex }) => regex.matcher(record[field]).find());
    if (rule >= 0) {
      return { direction: compiled[rule]!.direction, rule };
    }
    return { direction: byChannels(isExternal, record), rule: null };
  };
}

/** Tells whether a channel leads outside. */
export function channelMatcher(patterns: readonly string[]): (channel: string) => boolean {
  const compiled = patterns.map(compilePattern);
  const known = new Map<string, boolean>();
  return (channel) => {
    const name = channel.replace(/-[0-9a-f]{8}(;\d)?$/, '');
    let external = known.get(name);
    if (external === undefined) {
      external = compiled.some((regex) => regex.matcher(channel).find());
      if (known.size < 10_000) {
        known.set(name, external);
      }
    }
    return external;
  };
}

function byChannels(isExternal: (channel: string) => boolean, record: DirectionInput): Direction {
  if (record.channel === '') {
    return 'unknown';
  }
  const from = isExternal(record.channel);
  const to = leadsTo(record).some(isExternal);
  if (from && to) {
    return 'unknown';
  }
  return from ? 'inbound' : to ? 'outbound' : 'internal';
}

/** The other channel; where there is none, since the trunk is dead, what was dialled. */
export function leadsTo({ destinationChannel, lastApplication, lastData }: DirectionInput): string[] {
  return destinationChannel === '' && lastApplication === 'Dial' ? dialledTo(lastData) : [destinationChannel];
}

/** Characters of a pattern. */
const maxPatternLength = 2_000;
/** Characters of a pattern, times what its counts such as {30} repeat: what a program of it can't exceed by much. */
const maxPatternWork = 20_000;

/** @throws PatternError that names the pattern, what is wrong with it and which syntax is expected */
export function compilePattern(pattern: string): RE2JS {
  if (pattern.length > maxPatternLength) {
    const start = pattern.slice(0, 40);
    const sizes = { characters: pattern.length, most: maxPatternLength };
    throw new PatternError([sentence('pattern.long', { pattern: start, ...sizes })]);
  }
  const repeated = [...pattern.matchAll(/\{(\d{1,9})(?:,(\d{0,9}))?\}/g)].reduce(
    (sum, [, least, most]) => sum + Math.max(Number(least), Number(most ?? 0)),
    1
  );
  if (repeated * pattern.length > maxPatternWork) {
    const start = pattern.slice(0, 40);
    const sizes = { characters: pattern.length, repeated, most: maxPatternWork };
    throw new PatternError([sentence('pattern.repeats', { pattern: start, ...sizes })]);
  }
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new PatternError([sentence('pattern.invalid', { pattern, message })]);
  }
}
