import { LeaseTerm } from './lease-term';

describe('the term of a lease', () => {
  let now: number;
  let term: LeaseTerm;
  let turns: boolean[];
  beforeEach(() => {
    [now, turns] = [1_000, []];
    term = new LeaseTerm(() => now);
    term.turns.subscribe((isHeld) => turns.push(isHeld));
  });

  it('ends before the database gives the lease to another, counted from when it was asked for', () => {
    now = 3_000;
    term.answered(1_000, 7);
    expect(term.isHeld).toBe(true);
    expect(turns).toEqual([true]);
    now = 8_999;
    expect(term.isHeld).toBe(true);
    now = 9_000;
    expect(term.isHeld).toBe(false);
    term.look();
    term.look();
    expect(turns).toEqual([true, false]);
    expect(term.epoch).toBe(7);
  });

  it('goes on with each answer, and ends with one that names another', () => {
    term.answered(1_000, 7);
    now = 8_000;
    term.answered(8_000, 7);
    now = 12_000;
    expect(term.isHeld).toBe(true);
    term.answered(12_000, null);
    expect(turns).toEqual([true, false]);
    term.answered(13_000, 9);
    expect([term.isHeld, term.epoch]).toEqual([true, 9]);
  });

  it('does not begin for a process that got its answer too late', () => {
    now = 60_000;
    term.answered(1_000, 7);
    expect(term.isHeld).toBe(false);
    expect(turns).toEqual([]);
  });

  it('ends when it is given back', () => {
    term.answered(1_000, 7);
    term.end();
    expect(term.isHeld).toBe(false);
    expect(turns).toEqual([true, false]);
  });
});
