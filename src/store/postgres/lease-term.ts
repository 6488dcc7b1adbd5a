import { Subject, type Observable } from 'rxjs';

/** A holder that did not say for so long that it is there has lost the lease, by the clock of the database. Milliseconds. */
export const leaseMs = 10_000;
/** It stops writing so much earlier, since its own clock may run otherwise. Milliseconds. */
const marginMs = 2_000;

/**
 * For how long this process may take itself for the holder of the lease: by its own steady clock, from when it asked, so
 * that one that stood still, or does not reach the database, knows by itself that it may not.
 */
export class LeaseTerm {
  private readonly said = new Subject<boolean>();
  private until = -Infinity;
  private given: number | null = null;
  private wasHeld = false;

  /** @param steady milliseconds since whenever */
  constructor(private readonly steady: () => number) {}

  get isHeld(): boolean {
    return this.steady() < this.until;
  }

  /** Each change of `isHeld`, once it is looked at. */
  get turns(): Observable<boolean> {
    return this.said;
  }

  /** Of the lease as this process had it last: one that another process had meanwhile has a later one. */
  get epoch(): number | null {
    return this.given;
  }

  /**
   * The database has answered who holds the lease.
   *
   * @param askedAt when it was asked, by the steady clock
   * @param epoch of the lease where this process holds it; null where it does not
   */
  answered(askedAt: number, epoch: number | null): void {
    this.given = epoch ?? this.given;
    this.until = epoch === null ? -Infinity : askedAt + leaseMs - marginMs;
    this.look();
  }

  /** The lease went to another process, or is given back. */
  lost(): void {
    this.until = -Infinity;
    this.look();
  }

  /** Says what has changed by time alone. */
  look(): void {
    if (this.isHeld !== this.wasHeld) {
      this.wasHeld = this.isHeld;
      this.said.next(this.wasHeld);
    }
  }

  end(): void {
    this.lost();
    this.said.complete();
  }
}
