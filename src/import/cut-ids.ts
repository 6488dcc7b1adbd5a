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
 * with, or (linked ids) where the UniqueID goes on.
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
  return { uniqueId: uniqueIsCut ? uniqueWidth : Infinity, linkedId: linkedIsCut ? linkedWidth : Infinity };
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

function longest(ids: readonly string[]): number {
  return ids.reduce((width, id) => Math.max(width, id.length), 0);
}
