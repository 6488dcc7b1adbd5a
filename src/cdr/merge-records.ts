import { didOf } from './did';
import type { CdrRecord } from './record';
import { wallSeconds } from './record-key';

const quarter = 900;
/** Two clocks of the earth are at most so far apart, in seconds. */
const farthest = 26 * 3600;

/**
 * Whether two records with the same `closingKey` are one. A way that brings no UniqueID or no sequence (columns that a
 * CDR table lacks, fields that are not mapped) leaves the others to decide. An imported record may have been read in the
 * wrong zone: then its wall clock is whole quarters of an hour off, and the UniqueID must decide.
 */
export function isSameRecord(a: CdrRecord, b: CdrRecord): boolean {
  if (!haveSameIds(a, b)) {
    return false;
  }
  const [one, other] = [wallSeconds(a), wallSeconds(b)];
  if (one === other) {
    return true;
  }
  const isMisread = (a.imported || b.imported) && a.uniqueId === b.uniqueId && a.uniqueId !== '';
  return (
    isMisread && one !== null && other !== null && (one - other) % quarter === 0 && Math.abs(one - other) <= farthest
  );
}

/**
 * Whether two records are one though their seconds are not all equal: a backend that keeps fractions, or a column that
 * rounds them, tells of the same record one second more or less than Asterisk, which cuts them off.
 */
export function isSameButRounded(a: CdrRecord, b: CdrRecord): boolean {
  const [one, other] = [wallSeconds(a), wallSeconds(b)];
  return (
    a.imported !== b.imported &&
    a.uniqueId === b.uniqueId &&
    a.uniqueId !== '' &&
    haveSameIds(a, b) &&
    one !== null &&
    other !== null &&
    Math.abs(one - other) <= 1
  );
}

function haveSameIds(a: CdrRecord, b: CdrRecord): boolean {
  return (
    (a.uniqueId === b.uniqueId || a.uniqueId === '' || b.uniqueId === '') &&
    (a.sequence === b.sequence || a.sequence === null || b.sequence === null)
  );
}

/**
 * One record from two that are the same (`isSameRecord`): what came live stands, what was imported fills in what the
 * live one lacks. Of two imported ones the later reading stands. Gives `known` itself where the other adds nothing.
 */
export function mergeRecords(known: CdrRecord, added: CdrRecord): CdrRecord {
  if (!known.imported && !added.imported) {
    // Of two processes that heard it, one may have heard its queues for longer.
    return added.queueEventsHeard && !known.queueEventsHeard ? { ...known, queueEventsHeard: true } : known;
  }
  const [base, other] = known.imported ? [added, known] : [known, added];
  const linked = [base, other].find(({ linkedIdMapped }) => linkedIdMapped) ?? (base.uniqueId === '' ? other : base);
  const custom = mergeCustom(base.custom, other.custom);
  const merged: CdrRecord = {
    ...base,
    uniqueId: base.uniqueId || other.uniqueId,
    linkedId: linked.linkedId,
    linkedIdMapped: linked.linkedIdMapped,
    sequence: base.sequence ?? other.sequence,
    answerTime: base.answerTime ?? other.answerTime,
    endTime: base.endTime ?? other.endTime,
    callerId: base.callerId || other.callerId,
    lastData: base.lastData || other.lastData,
    amaFlags: base.amaFlags || other.amaFlags,
    accountCode: base.accountCode || other.accountCode,
    userField: base.userField || other.userField,
    did: didOf({ ...base, custom }),
    trunk: base.trunk || other.trunk,
    callingAgent: base.callingAgent || other.callingAgent,
    custom,
  };
  return isEqual(merged, known) ? known : merged;
}

type Custom = CdrRecord['custom'];

/** Labels are told apart in any case of letters: those of the wire are the administrator's, columns are in lower case. */
function mergeCustom(base: Custom, other: Custom): Custom {
  const values = new Map(Object.entries(other).map(([label, value]) => [label.toLowerCase(), value]));
  const own = Object.entries(base).map(([label, value]) => [label, value || (values.get(label.toLowerCase()) ?? '')]);
  const labels = new Set(Object.keys(base).map((label) => label.toLowerCase()));
  const more = Object.entries(other).filter(([label]) => !labels.has(label.toLowerCase()));
  return Object.fromEntries([...own, ...more]) as Custom;
}

function isEqual(a: CdrRecord, b: CdrRecord): boolean {
  return (Object.keys(a) as Array<keyof CdrRecord>).every((field) =>
    field === 'custom' ? isEqualCustom(a.custom, b.custom) : a[field] === b[field]
  );
}

function isEqualCustom(a: Custom, b: Custom): boolean {
  const labels = Object.keys(a);
  return labels.length === Object.keys(b).length && labels.every((label) => a[label] === b[label]);
}
