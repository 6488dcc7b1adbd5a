import type { PostgresServer } from '../support/postgres-server';
import { eventsOfCall, linkedIdOf, recordsOfCall } from './calls-on-wire';

/** Moments that are kept, so that what is lost can be explained. */
const mostMoments = 2_000;

/** What happened to whom, for the words of a test that finds something missing. */
export class Happenings {
  private readonly moments: string[] = [];
  private readonly hearers = new Map<string, string[]>();

  note(what: string): void {
    this.moments.push(`${new Date().toISOString().slice(11, 23)} ${what}`);
    this.moments.splice(0, this.moments.length - mostMoments);
  }

  /** @param hearers what those are called that hear a frame of a call */
  sent(frame: string, hearers: readonly string[]): void {
    const linkedId = linkedIdOf(frame);
    const heard = this.hearers.get(linkedId) ?? [];
    this.hearers.set(linkedId, [...heard, `${new Date().toISOString().slice(11, 23)} ${hearers.join('+')}`]);
  }

  /** Calls that are not stored as a whole, or more than that, with who heard them; what happened around the first of them. */
  async explain(server: PostgresServer): Promise<string> {
    const rows = await server.run(
      'SELECT linked_id AS id, sum(r)::int AS records, sum(e)::int AS events FROM (' +
        'SELECT linked_id, 1 AS r, 0 AS e FROM calls.record UNION ALL SELECT linked_id, 0, 1 FROM calls.queue_event) p ' +
        'GROUP BY linked_id'
    );
    const stored = new Map(rows.map(({ id, records, events }) => [String(id), { records, events }]));
    const wrong = [...this.hearers].filter(([id]) => {
      const { records, events } = stored.get(id) ?? {};
      return records !== recordsOfCall || events !== eventsOfCall;
    });
    const calls = wrong
      .slice(0, 20)
      .map(([id, heard]) => `${id} stored ${JSON.stringify(stored.get(id) ?? null)}, heard ${heard.join(', ')}`);
    return [`${wrong.length} calls are not stored as they were sent`, ...calls, ...this.moments].join('\n');
  }
}
