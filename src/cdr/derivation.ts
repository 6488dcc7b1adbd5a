import { compileCallRules, type CallRules, type CallRuleSettings } from './call-rules';
import type { CallParts } from './call-parts';
import { isWellFormed, wellFormed, wellFormedFields } from './well-formed';
import { PbxClock } from './pbx-clock';
import type { CdrRecord } from './record';
import { ruledFields } from './ruled-fields';
import { rulesVersion } from './rules-version';

/** All that what is stored was made by, besides the events themselves: when it changes, history is derived again. */
export interface Derivation {
  /** The same for the same settings and the same rules of the code. */
  key: string;
  rules: CallRules;
  /** A clock of each PBX that has learned nothing yet. */
  newClock: (server: string) => PbxClock;
}

export interface DerivationSettings extends CallRuleSettings {
  /** IANA zone of every PBX without one of its own; empty to learn it. */
  timeZone: string;
  serverTimeZones: Readonly<Record<string, string>>;
}

/** @throws Error that names a pattern or a zone which can't be used */
export function derivationOf(settings: DerivationSettings): Derivation {
  const { directionRules, externalChannels, agentPatterns, timeZone, serverTimeZones } = settings;
  const newClock = (server: string): PbxClock => new PbxClock(zoneOf(settings, server));
  ['', ...Object.keys(serverTimeZones)].forEach(newClock);
  return {
    key: JSON.stringify([rulesVersion, directionRules, externalChannels, agentPatterns, timeZone, serverTimeZones]),
    rules: compileCallRules(settings),
    newClock,
  };
}

/** Zone that is set for a PBX; empty to learn it. A PBX may be called anything, also `constructor`. */
function zoneOf(
  { timeZone, serverTimeZones }: Pick<DerivationSettings, 'timeZone' | 'serverTimeZones'>,
  server: string
): string {
  return (Object.hasOwn(serverTimeZones, server) && serverTimeZones[server]) || timeZone;
}

/** What is stored of a call as it would be read today. */
export function deriveParts({ records, events }: CallParts, rules: CallRules, clock: PbxClock): CallParts {
  return {
    // The earliest first, so that a clock that is learned follows its changes.
    records: [...records].sort(byStart).map((record) => deriveRecord(record, rules, clock)),
    events: events.map((event) => ({ ...event, utcOffset: clock.offsetAt(event.at) ?? event.utcOffset })),
  };
}

/** A stored record as it would be read today: its wall clock is kept; its instants and what the rules tell follow from it. */
export function deriveRecord(stored: CdrRecord, rules: CallRules, clock: PbxClock): CdrRecord {
  const record = wellFormedTexts(stored);
  const { startTime, answerTime, endTime, utcOffset, uniqueId } = record;
  const offset = startTime === null ? utcOffset : (clock.offsetOf(startTime + utcOffset * 1000, uniqueId) ?? utcOffset);
  const shift = (utcOffset - offset) * 1000;
  return {
    ...record,
    startTime: startTime === null ? null : startTime + shift,
    answerTime: answerTime === null ? null : answerTime + shift,
    endTime: endTime === null ? null : endTime + shift,
    utcOffset: offset,
    ...ruledFields(record, rules),
  };
}

/** Stored before texts were made well-formed where they come in. */
function wellFormedTexts(record: CdrRecord): CdrRecord {
  const texts = Object.entries(record).filter(([, value]) => typeof value === 'string' && !isWellFormed(value));
  const mended = texts.map(([field, value]) => [field, wellFormed(value as string)]);
  return { ...record, ...Object.fromEntries(mended), custom: wellFormedFields(record.custom) };
}

function byStart(a: CdrRecord, b: CdrRecord): number {
  return (a.startTime ?? 0) - (b.startTime ?? 0);
}
