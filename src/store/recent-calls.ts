import { callKey, type CallId, type CallParts } from '../cdr/call-parts';
import type { AssembledCall } from '../cdr/assemble-call';
import { least } from '../cdr/extremes';
import { uniqueIdTime } from '../cdr/wall-clock';
import { KeptCall } from '../answers/answer-from-calls';

/** A call as it stands; without records and events it is none any more. */
export interface StandingCall {
  id: CallId;
  parts: CallParts;
  assembled: AssembledCall;
}

interface Entry {
  call: KeptCall;
  /** Time of the latest that is known of it, epoch milliseconds. */
  latest: number;
}

/** Calls are let go by so many at once that finding the oldest costs little for each. */
const slackShare = 0.25;

/**
 * The calls of which something happened last, whole, in memory. It knows from which instant on it holds all that is
 * stored, so that questions about the newest calls need no look into the file, nor does the coming of a new call.
 */
export class RecentCalls {
  private readonly entries = new Map<string, Entry>();
  private newestFirst: Entry[] | null = null;

  /**
   * @param capacity calls
   * @param completeSince every stored call with anything at or after this instant is put in at once by who makes this
   */
  constructor(
    private readonly capacity: number,
    private completeSince = -Infinity
  ) {}

  get(id: CallId): CallParts | undefined {
    return this.entries.get(callKey(id))?.call.parts;
  }

  /** True where a call that `get` does not find can't be stored. */
  knowsAllLike({ linkedId }: CallId): boolean {
    return (uniqueIdTime(linkedId) ?? -Infinity) >= this.completeSince;
  }

  put(calls: readonly StandingCall[]): void {
    for (const { id, parts, assembled } of calls) {
      const key = callKey(id);
      if (parts.records.length + parts.events.length === 0) {
        this.entries.delete(key);
      } else {
        this.entries.set(key, { call: new KeptCall(parts, assembled), latest: latestOf(id, parts, assembled) });
      }
    }
    this.newestFirst = null;
    if (this.entries.size > this.capacity * (1 + slackShare)) {
      this.letGo(this.sorted().slice(this.capacity));
    }
  }

  /** Forgets calls of which something happened before an instant, and those that tell no time. */
  forgetBefore(time: number): void {
    this.letGo(this.sorted().filter(({ call }) => earliestOf(call.parts) < time));
  }

  /**
   * The calls that hold every fact from an instant on; null where that is more than is kept, or more than `most` calls.
   * Epoch milliseconds.
   */
  since(time: number, most: number): KeptCall[] | null {
    const sorted = this.sorted();
    if (time < this.completeSince || (sorted.length > most && sorted[most]!.latest >= time)) {
      return null;
    }
    return sorted.slice(0, most).flatMap(({ call, latest }) => (latest >= time ? call : []));
  }

  /** The `count` newest calls, and the instant from which on they hold every fact. */
  newest(count: number): { calls: KeptCall[]; from: number } {
    const sorted = this.sorted();
    const next = sorted[count];
    const from = next ? Math.max(this.completeSince, next.latest + 1) : this.completeSince;
    return { calls: sorted.slice(0, count).map(({ call }) => call), from };
  }

  private letGo(gone: readonly Entry[]): void {
    for (const { call, latest } of gone) {
      this.entries.delete(callKey(call.parts.records[0] ?? call.parts.events[0]!));
      this.completeSince = Math.max(this.completeSince, latest + 1);
    }
    this.newestFirst = null;
  }

  private sorted(): Entry[] {
    this.newestFirst ??= [...this.entries.values()].sort((a, b) => b.latest - a.latest);
    return this.newestFirst;
  }
}

function timesOf({ records, events }: CallParts): number[] {
  return [
    ...records.flatMap(
      ({ startTime, endTime, uniqueId, linkedId }) =>
        startTime ?? endTime ?? uniqueIdTime(uniqueId) ?? uniqueIdTime(linkedId) ?? []
    ),
    ...events.map(({ at }) => at),
  ];
}

function earliestOf(parts: CallParts): number {
  return least(timesOf(parts)) ?? -Infinity;
}

/** Of its id, its parts and its facts, since an instant may be told from others, such as a joining from a wait. */
function latestOf({ linkedId }: CallId, parts: CallParts, { visits, legs, transfers }: AssembledCall): number {
  const times = [
    ...timesOf(parts),
    ...visits.map(({ joinTime }) => joinTime),
    ...legs.map(({ startTime }) => startTime),
    ...transfers.map(({ transferTime }) => transferTime),
  ];
  return times.reduce((most, time) => Math.max(most, time), uniqueIdTime(linkedId) ?? -Infinity);
}
