import type { AmiResponse } from './event';

export interface PingAnswer {
  /** When the Ping was sent and what the server's clock showed when it answered, both in epoch milliseconds. */
  sentAt: number;
  serverTime: number;
}

const mostUnanswered = 16;

/** Numbers the Pings of one client and finds the one that an answer belongs to. */
export class PingClock {
  private readonly sent = new Map<string, number>();
  private count = 0;

  constructor(private readonly prefix: string) {}

  /** ActionID of the Ping that is sent now. */
  next(now: number): string {
    const actionId = `${this.prefix}-${this.count++}`;
    this.sent.set(actionId, now);
    this.sent.delete(`${this.prefix}-${this.count - mostUnanswered}`);
    return actionId;
  }

  /** Null for answers to other clients, and for those without a time (`Timestamp`, epoch seconds with a fraction). */
  answer({ fields }: AmiResponse): PingAnswer | null {
    const sentAt = this.sent.get(fields.ActionID ?? '');
    const timestamp = fields.Timestamp ?? '';
    return sentAt !== undefined && /^\d{9,11}\.\d{1,6}$/.test(timestamp)
      ? { sentAt, serverTime: Number(timestamp) * 1000 }
      : null;
  }
}
