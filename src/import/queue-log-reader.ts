import * as v from 'valibot';
import type { AgentStretch } from '../cdr/agent-presence';
import type { CallRules } from '../cdr/call-rules';
import type { MemberNames } from '../cdr/member-names';
import type { PbxClock } from '../cdr/pbx-clock';
import { QueueCallers } from '../cdr/queue-callers';
import type { QueueEvent } from '../cdr/queue-event';
import { queueLogEvents } from '../cdr/queue-log-events';
import type { QueueLogLine } from '../cdr/queue-log-line';
import { QueueLogMembers, type MembersState } from '../cdr/queue-log-members';
import type { RowProblem, RowProblems } from '../setup/import-progress';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import type { ReadRows, Row, RowReader } from './row-reader';
import type { TableClock } from './table-clock';

/** Further than the clocks of a PBX and of Grafana are apart. Milliseconds. */
const future = 2 * 86_400_000;
/** What came live of so long ago is stored by now. Milliseconds. */
const settledAfter = 600_000;
/** Members whose interfaces are remembered while lines are read. */
const mostMembers = 10_000;
/** Lines stand behind what came live at the same instant. */
const firstArrival = 1_000;

const noteSchema = v.object({
  at: v.number(),
  members: v.array(
    v.object({
      agent: v.string(),
      seenAt: v.number(),
      queues: v.record(v.string(), v.boolean()),
      onlyPaused: v.array(v.string()),
    })
  ),
});

export interface QueueLogReaderOptions {
  server: string;
  pbxClock: PbxClock;
  tableClock: TableClock;
  rules: CallRules;
  names: Pick<MemberNames, 'interfaceOf'>;
}

interface TimedLine extends QueueLogLine {
  at: number;
  id: number;
}

/** Makes queue events and agents' presence of the lines of a queue_log, in whichever way they are kept. */
export class QueueLogReader implements RowReader {
  private callers = new QueueCallers();
  private members: QueueLogMembers;
  private readonly interfaces = new Map<string, string>();
  private last = { at: 0, arrival: firstArrival };

  constructor(private readonly options: QueueLogReaderOptions) {
    this.members = this.membersOf();
  }

  get zoneIsSet(): boolean {
    return this.options.pbxClock.hasZone;
  }

  get until(): number {
    return Date.now() - settledAfter;
  }

  get note(): string {
    const { state } = this.members;
    return state.members.length === 0 ? '' : JSON.stringify(state);
  }

  begin(note: string): void {
    this.callers = new QueueCallers();
    this.members = this.membersOf(stateOf(note));
    this.interfaces.clear();
  }

  learn(rows: readonly Row[]): void {
    rows.forEach((row) => this.instantOf(row));
  }

  readAll(rows: readonly Row[]): ReadRows {
    const problems: RowProblems = {};
    const count = (problem: RowProblem, number = 1): void => {
      problems[problem] = (problems[problem] ?? 0) + number;
    };
    const lines = rows.flatMap((row) => this.lineOf(row, count) ?? []);
    if (lines.length === 0 && problems.noZone) {
      throw new ImportError([sentence('import.no-queue-log-zone')]);
    }
    // Rows of one second may come in any order.
    const inOrder = lines.sort((a, b) => a.at - b.at || a.id - b.id);
    const stretches: AgentStretch[] = [];
    const events = inOrder.flatMap((line) => {
      stretches.push(...this.members.add(line, line.at));
      return this.eventsOf(line, count);
    });
    stretches.push(...this.members.soFar());
    count('neverEnded', this.members.neverEnded);
    this.members.neverEnded = 0;
    return { records: [], events, stretches, problems: withoutZeros(problems) };
  }

  private lineOf(row: Row, count: (problem: RowProblem) => void): TimedLine | null {
    const { time = '', callid = '', queuename = '', agent = '', event = '', id = '' } = row;
    const at = this.instantOf(row);
    if (at === null || at > Date.now() + future) {
      count(at === null && this.options.tableClock.isTime(time) ? 'noZone' : 'noStart');
      return null;
    }
    return {
      time,
      callId: callid.trim(),
      queue: queuename.trim(),
      agent: agent.trim(),
      event: event.trim(),
      data: dataOf(row),
      at,
      id: Number(id) || 0,
    };
  }

  /** Only of a line that comes soon after its channel's beginning the id shows the offset of the clock. */
  private instantOf({ time = '', callid = '', event = '' }: Row): number | null {
    const { pbxClock, tableClock } = this.options;
    return tableClock.instant(time, pbxClock.hasZone || event === 'ENTERQUEUE' ? callid : '');
  }

  private eventsOf(line: TimedLine, count: (problem: RowProblem) => void): QueueEvent[] {
    const { server, pbxClock } = this.options;
    const { at } = line;
    if (line.event === 'QUEUESTART') {
      // Asterisk started: nobody waits or talks any more.
      return this.callers.ended(server, at);
    }
    this.last = { at, arrival: at === this.last.at ? this.last.arrival + 1 : firstArrival };
    const events = queueLogEvents(line, {
      server,
      at,
      arrival: this.last.arrival,
      utcOffset: pbxClock.offsetAt(at),
      interfaceOf: (queue, name) => this.interfaceOf(queue, name),
    });
    if (events === null) {
      count('notQueueLog');
    }
    return (events ?? []).reduce<QueueEvent[]>((placed, event) => [...placed, ...this.place(event, placed.at(-1))], []);
  }

  /** The hang-up that a line tells of is that of its caller, also where his joining was read before. */
  private place(event: QueueEvent, before: QueueEvent | undefined): QueueEvent[] {
    if (event.name !== 'Hangup') {
      return [this.callers.place(event) ?? []].flat();
    }
    const { uniqueId, linkedId } = before ?? event;
    return [{ ...event, uniqueId, linkedId }];
  }

  private interfaceOf(queue: string, name: string): string {
    const key = `${queue}|${name}`;
    const known = this.interfaces.get(key) ?? this.options.names.interfaceOf(this.options.server, queue, name);
    if (this.interfaces.size >= mostMembers) {
      this.interfaces.clear();
    }
    this.interfaces.set(key, known);
    return known;
  }

  private membersOf(state?: MembersState): QueueLogMembers {
    const { server, pbxClock, rules } = this.options;
    return new QueueLogMembers(
      {
        server,
        agentOf: (queue, name) => rules.member(this.interfaceOf(queue, name)),
        utcOffset: (at) => pbxClock.offsetAt(at) ?? 0,
      },
      state
    );
  }
}

/** Of the five columns the last one holds all that is left. */
function dataOf(row: Row): string[] {
  const columns = [row.data1, row.data2, row.data3, row.data4, row.data5].map((value) => value ?? '');
  const last = columns.findLastIndex((value) => value !== '');
  return last < 0
    ? (row.data ?? '').split('|')
    : columns
        .slice(0, last + 1)
        .join('|')
        .split('|');
}

function stateOf(note: string): MembersState | undefined {
  try {
    return v.parse(noteSchema, JSON.parse(note));
  } catch {
    return undefined;
  }
}

function withoutZeros(problems: RowProblems): RowProblems {
  return Object.fromEntries(Object.entries(problems).filter(([, number]) => number > 0));
}
