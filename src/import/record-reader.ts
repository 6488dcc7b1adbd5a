import type { CallRules } from '../cdr/call-rules';
import type { PbxClock } from '../cdr/pbx-clock';
import type { CdrRecord } from '../cdr/record';
import { recordFromFields } from '../cdr/record-from-fields';
import { wallSeconds } from '../cdr/record-key';
import { uniqueIdTime } from '../cdr/wall-clock';
import { ImportError } from './import-error';
import { rowFields } from './row-fields';
import type { TableClock } from './table-clock';

const daySeconds = 86_400;

/** Makes records of rows; `skipped` counts those without a start, which belong to no time. */
export class RecordReader {
  skipped = 0;

  constructor(
    private readonly server: string,
    private readonly pbxClock: PbxClock,
    private readonly tableClock: TableClock,
    private readonly rules: CallRules
  ) {}

  /** @param row field of the `Cdr` event (or label of a custom field) to value */
  read(row: Readonly<Record<string, string>>): CdrRecord | null {
    const fields = rowFields(row, this.tableClock);
    const { record } = recordFromFields(this.server, fields, this.pbxClock, this.rules, null);
    if (record.startTime === null) {
      this.skipped++;
      return null;
    }
    if (uniqueIdTime(record.uniqueId) === null && this.pbxClock.offsetAt(record.startTime) === null) {
      throw new ImportError(
        'The records have no UniqueID with a time to learn the time zone from. Set the time zone of the PBX, or loguniqueid=yes in cdr.conf.'
      );
    }
    return { ...record, ...(record.uniqueId === '' ? { linkedId: callOfChannel(record) } : {}), imported: true };
  }
}

/** A file without UniqueIDs: what one channel did in one day is one call. Reads like a linked id, so its age can be told. */
function callOfChannel(record: CdrRecord): string {
  const wall = wallSeconds(record) ?? 0;
  return `${record.channel}-${wall - (wall % daySeconds)}.0`;
}
