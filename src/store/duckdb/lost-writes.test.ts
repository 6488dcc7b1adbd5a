import type { Acknowledged } from './acknowledged-mark';
import { lostWrites } from './lost-writes';

const acknowledged: Acknowledged = {
  store: 'a',
  sequence: 20,
  since: 1_000,
  servers: { 'pbx-east': [20, 9_000], 'pbx-west': [12, 7_000] },
};
const gap = (server: string, startTime: number, endTime: number) => ({ server, startTime, endTime, reason: 'lost' });

describe('what was acknowledged and is gone', () => {
  it('is nothing where the database holds the last write, or more', () => {
    const held = { store: 'a', at: 9_000 };
    expect(lostWrites(acknowledged, { ...held, sequence: 20 }, new Map())).toEqual([]);
    expect(lostWrites(acknowledged, { ...held, sequence: 21 }, new Map())).toEqual([]);
    expect(lostWrites(null, { ...held, sequence: 21 }, new Map())).toEqual([]);
  });

  it('is a gap of each PBX of which a write is gone, from the last that is there', () => {
    const held = { store: 'a', sequence: 15, at: 8_000 };
    expect(lostWrites(acknowledged, held, new Map())).toEqual([gap('pbx-east', 8_000, 9_000)]);
  });

  it('begins when the PBX was last heard with all stored, such as before a gap of it that is gone too', () => {
    const held = { store: 'a', sequence: 10, at: 6_500 };
    const lastHeard = new Map([['pbx-west', 2_000]]);
    expect(lostWrites(acknowledged, held, lastHeard)).toEqual([
      gap('pbx-east', 6_500, 9_000),
      gap('pbx-west', 2_000, 7_000),
    ]);
  });

  it('is all of a store in the place of which another was begun, or an older copy put', () => {
    expect(lostWrites(acknowledged, null, new Map())).toEqual([
      gap('pbx-east', 1_000, 9_000),
      gap('pbx-west', 1_000, 7_000),
    ]);
    expect(lostWrites(acknowledged, { store: 'b', sequence: 99, at: 50 }, new Map([['pbx-east', 6_000]]))).toEqual([
      gap('pbx-east', 6_000, 9_000),
      gap('pbx-west', 1_000, 7_000),
    ]);
  });

  it('has a length, whatever the clock said', () => {
    const held = { store: 'a', sequence: 19, at: 99_000 };
    expect(lostWrites(acknowledged, held, new Map())).toEqual([gap('pbx-east', 8_999, 9_000)]);
  });
});
