import { Subject, type Observable } from 'rxjs';
import type { OwnConnection } from './own-connection';

/** A server that is a standby writes no log of its own. */
const asked =
  'SELECT CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END AS timeline';

/**
 * Looks for a standby in the place of the primary: a promotion begins a new timeline, and what the primary committed last may
 * not be on it.
 */
export class Timeline {
  private readonly changed = new Subject<void>();
  /** Null until a primary has said it. */
  private known: string | null = null;
  /** Some services have no log that one may look at. */
  private isTold = true;

  constructor(private readonly connection: Pick<OwnConnection, 'rows'>) {}

  get changes(): Observable<void> {
    return this.changed;
  }

  async look(): Promise<void> {
    if (!this.isTold) {
      return;
    }
    const [found] = await this.connection.rows(asked).catch((error: unknown) => {
      this.isTold = !isRefused(error);
      return [];
    });
    const { timeline } = (found ?? { timeline: null }) as { timeline: string | null };
    const isOther = timeline !== null && this.known !== null && timeline !== this.known;
    this.known = timeline ?? this.known;
    if (isOther) {
      this.changed.next();
    }
  }

  close(): void {
    this.changed.complete();
  }
}

/** No right to ask (42501), no such function (42883), or one that the service does not have (0A000). Source: PostgreSQL, error codes. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['42501', '42883', '0A000'].includes(String(error.code));
}
