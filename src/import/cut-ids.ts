import { compareText } from '../cdr/compare-text';
import { uniqueIdTime } from '../cdr/wall-clock';

/** Length from which on ids are cut; infinite where they are whole. */
export interface IdWidths {
  uniqueId: number;
  linkedId: number;
}

type Row = Readonly<Record<string, string>>;

/**
 * Whether ids are longer than their columns: a database keeps their beginning without a word, and calls seem to be one.
 * Then those of the column's width are alike for different channels, or end before the number that Asterisk ends them
 * with, or (linked ids) where the UniqueID goes on. Linked ids that are cut within that number still tell calls apart, since
 * they begin with a second: they stay.
 *
 * @param rows some rows of the table
 */
export function idWidths(rows: readonly Row[]): IdWidths {
  const uniqueIds = rows.map((row) => row.UniqueID ?? '');
  const linkedIds = rows.map((row) => row.linkedid ?? '');
  const uniqueWidth = longest(uniqueIds);
  const linkedWidth = longest(linkedIds);
  const channels = Map.groupBy(rows, (row) => row.UniqueID ?? '');
  const isShared = rows.some(
    ({ UniqueID = '', Channel, StartTime }) =>
      UniqueID.length === uniqueWidth &&
      UniqueID !== '' &&
      uniqueIdTime(UniqueID) === null &&
      channels.get(UniqueID)!.some((other) => other.Channel !== Channel && other.StartTime !== StartTime)
  );
  const uniqueIsCut = isShared || endTooSoon(uniqueIds);
  const linkedIsCut =
    (endTooSoon(linkedIds) && (uniqueIsCut || uniqueIds.some((id) => uniqueIdTime(id) !== null))) ||
    (uniqueIsCut && linkedWidth === uniqueWidth) ||
    rows.some(
      ({ UniqueID = '', linkedid = '' }) =>
        linkedid.length === linkedWidth &&
        UniqueID.length > linkedWidth &&
        linkedid !== '' &&
        UniqueID.startsWith(linkedid)
    );
  const isCut = uniqueIsCut || numbersStall(rows, uniqueWidth);
  return { uniqueId: isCut ? uniqueWidth : Infinity, linkedId: linkedIsCut ? linkedWidth : Infinity };
}

/** The row without ids that are cut. */
export function withoutCutIds(row: Row, { uniqueId, linkedId }: IdWidths): Row {
  const { UniqueID = '', linkedid = '' } = row;
  return {
    ...row,
    UniqueID: UniqueID.length >= uniqueId ? '' : UniqueID,
    ...(linkedid.length >= linkedId ? { linkedid: '' } : {}),
  };
}

/** Of `systemname-epochseconds.n` all have the same beginning: what is left ends amid the seconds. */
function endTooSoon(ids: readonly string[]): boolean {
  const known = ids.filter((id) => id !== '');
  const [first] = known;
  return (
    known.length > 1 &&
    known.every((id) => id.length === first!.length && uniqueIdTime(id) === null && /-\d{0,10}\.?$/.test(id))
  );
}

/** Channels in a row that must have the same number before a short one is taken for the beginning of a longer one. */
const stalls = 3;

/**
 * Whether the number that Asterisk ends ids with stands still though channels go on: it counts all channels since the start,
 * and the number in a channel's name those of its technology, so that after a restart both begin again.
 */
function numbersStall(rows: readonly Row[], width: number): boolean {
  const channels = rows
    .map(({ UniqueID = '', Channel = '', StartTime = '' }) => ({
      id: UniqueID,
      start: StartTime,
      ...counters(UniqueID, Channel),
    }))
    .filter(({ id, second, ofName }) => id.length === width && second !== null && ofName !== null)
    .sort((a, b) => compareText(a.start, b.start));
  const stalled = channels.filter((channel, place) => {
    const before = channels[place - 1];
    return (
      before !== undefined &&
      channel.number === before.number &&
      channel.second! > before.second! &&
      channel.technology === before.technology &&
      channel.ofName! > before.ofName!
    );
  });
  return stalled.length >= stalls || stalled.some(({ number }) => number.length >= 2);
}

function counters(uniqueId: string, channel: string) {
  const [technology = ''] = channel.split('/', 1);
  const ofName = /-([0-9a-f]{8})(?:;[12])?$/.exec(channel)?.[1];
  return {
    technology,
    ofName: ofName === undefined ? null : parseInt(ofName, 16),
    second: uniqueIdTime(uniqueId),
    number: uniqueId.slice(uniqueId.lastIndexOf('.') + 1),
  };
}

function longest(ids: readonly string[]): number {
  return ids.reduce((width, id) => Math.max(width, id.length), 0);
}
