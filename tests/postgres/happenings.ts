import type { PostgresServer } from '../support/postgres-server';
import { eventsOfCall, linkedIdOf, recordsOfCall } from './calls-on-wire';

/** Moments that are kept, so that what is lost can be explained. */
const mostMoments = 2_000;
/** Calls that are named in words. */
const mostNamed = 20;

/** What a test sent to whom and did to whom, so that it waits for the right calls, and says what is missing and why. */
export class Happenings {
  private readonly moments: string[] = [];
  /** Who heard each frame of the calls of which it is not known that they are stored as a whole. */
  private readonly unstored = new Map<string, string[]>();

  note(what: string): void {
    this.moments.push(`${clockTime()} ${what}`);
    this.moments.splice(0, this.moments.length - mostMoments);
  }

  /** @param hearers what those are called that hear a frame of a call */
  sent(frame: string, hearers: readonly string[]): void {
    const linkedId = linkedIdOf(frame);
    const heard = this.unstored.get(linkedId) ?? [];
    this.unstored.set(linkedId, [...heard, `${clockTime()} ${hearers.join('+')}`]);
  }

  /** Calls of which something was sent and that are not known to be stored as a whole. */
  get pending(): string[] {
    return [...this.unstored.keys()];
  }

  /** Those of some calls that are not stored as a whole now. */
  async missing(server: Pick<PostgresServer, 'run'>, calls: readonly string[]): Promise<string[]> {
    const stored = await this.stored(server, calls).catch(() => null);
    const isWhole = (id: string): boolean => stored?.get(id) === whole;
    calls.filter(isWhole).forEach((id) => this.unstored.delete(id));
    return calls.filter((id) => !isWhole(id));
  }

  /** Calls that are not stored as a whole, with who heard them, and what happened. */
  async explain(server: Pick<PostgresServer, 'run'>, calls: readonly string[]): Promise<string> {
    const stored = await this.stored(server, calls);
    const named = calls
      .slice(0, mostNamed)
      .map((id) => `${id} stored ${stored.get(id) ?? 'not at all'}, heard ${this.unstored.get(id)?.join(', ')}`);
    return [`${calls.length} calls are not stored as they were sent`, ...named, ...this.moments].join('\n');
  }

  private async stored(server: Pick<PostgresServer, 'run'>, calls: readonly string[]): Promise<Map<string, string>> {
    const rows = await server.run(
      'SELECT linked_id AS id, sum(r)::int AS records, sum(e)::int AS events FROM (' +
        'SELECT linked_id, 1 AS r, 0 AS e FROM calls.record UNION ALL SELECT linked_id, 0, 1 FROM calls.queue_event) p ' +
        'WHERE linked_id = ANY($1) GROUP BY linked_id',
      [calls]
    );
    return new Map(rows.map(({ id, records, events }) => [String(id), `${records} records, ${events} events`]));
  }
}

const whole = `${recordsOfCall} records, ${eventsOfCall} events`;
const clockTime = (): string => new Date().toISOString().slice(11, 23);
