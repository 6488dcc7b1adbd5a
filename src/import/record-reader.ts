import type { CallRules } from '../cdr/call-rules';
import type { PbxClock } from '../cdr/pbx-clock';
import type { CdrRecord } from '../cdr/record';
import { recordFromFields } from '../cdr/record-from-fields';
import { wallSeconds } from '../cdr/record-key';
import { parseWallClock, uniqueIdTime } from '../cdr/wall-clock';
import type { RowProblem, RowProblems } from '../setup/import-progress';
import { idWidths, withoutCutIds, type IdWidths } from './cut-ids';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import { rowFields } from './row-fields';
import type { ReadRows, Row, RowReader } from './row-reader';
import type { TableClock } from './table-clock';

const daySeconds = 86_400;
/** Further than the clocks of a PBX and of Grafana are apart. Milliseconds. */
const future = 2 * daySeconds * 1000;

/** Makes records of rows: field of the `Cdr` event, or label of a custom field, to value. */
export class RecordReader implements RowReader {
  readonly until = Infinity;
  readonly note = '';
  private widths: IdWidths = { uniqueId: Infinity, linkedId: Infinity };

  constructor(
    private readonly server: string,
    private readonly pbxClock: PbxClock,
    private readonly tableClock: TableClock,
    private readonly rules: CallRules
  ) {}

  get zoneIsSet(): boolean {
    return this.pbxClock.hasZone;
  }

  begin(): void {}

  learn(rows: readonly Row[]): void {
    this.widths = idWidths(rows);
    this.readAll(rows);
  }

  readAll(rows: readonly Row[]): ReadRows {
    const problems: RowProblems = {};
    const count = (problem: RowProblem): void => {
      problems[problem] = (problems[problem] ?? 0) + 1;
    };
    const records = rows.flatMap((row) => this.read(row, count) ?? []);
    if (records.length === 0 && problems.noZone) {
      throw new ImportError([sentence('import.no-unique-id')]);
    }
    return { records, events: [], stretches: [], problems };
  }

  private read(row: Row, count: (problem: RowProblem) => void): CdrRecord | null {
    const known = withoutCutIds(row, this.widths);
    const { fields, hasBadNumber } = rowFields(known, this.tableClock);
    this.learnFrom(row.UniqueID ?? '', fields);
    const { record } = recordFromFields(this.server, fields, this.pbxClock, this.rules, null);
    if (record.startTime === null || record.startTime > Date.now() + future) {
      count('noStart');
      return null;
    }
    if (uniqueIdTime(record.uniqueId) === null && this.pbxClock.offsetAt(record.startTime) === null) {
      count('noZone');
      return null;
    }
    if (hasBadNumber) {
      count('badNumber');
    }
    if (known.UniqueID !== (row.UniqueID ?? '') || known.linkedid !== row.linkedid) {
      count('cutIds');
    }
    const isKeyed = record.uniqueId !== '' || record.linkedIdMapped;
    return { ...record, ...(isKeyed ? {} : { linkedId: callOfChannel(record) }), imported: true };
  }

  /** An id that is cut behind its second still tells when its channel began. */
  private learnFrom(uniqueId: string, { UniqueID, StartTime = '' }: Row): void {
    const wall = UniqueID === uniqueId || uniqueIdTime(uniqueId) === null ? null : parseWallClock(StartTime);
    if (wall !== null) {
      this.pbxClock.offsetOf(wall, uniqueId);
    }
  }
}

/** Without ids what one channel did in one day is one call. Reads like a linked id, so its age can be told. */
function callOfChannel(record: CdrRecord): string {
  const wall = wallSeconds(record) ?? 0;
  return `${record.channel}-${wall - (wall % daySeconds)}.0`;
}
