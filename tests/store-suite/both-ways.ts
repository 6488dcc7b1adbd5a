import fc from 'fast-check';
import type { CallParts } from '../../src/cdr/call-parts';
import type { CdrRecord } from '../../src/cdr/record';
import { cdrRecord, noon, queueEvent } from '../support/cdr-builders';
import { all, named, type OpenStore } from './open-store';

async function stored(open: OpenStore, batches: Array<Partial<CallParts>>) {
  const store = await open();
  try {
    for (const batch of batches) {
      await store.add({ records: [], events: [], ...batch });
    }
    return {
      records: (await store.selectRecords(all)).rows,
      calls: (await store.selectCalls(all)).rows,
      counts: await store.counts(),
    };
  } finally {
    await store.close();
  }
}

const id = (n: number) => `${noon / 1000}.${n}`;
/** Two legs of one call: 1001 did not answer, then 1002 did. The second channel has a UniqueID of its own. */
const legs = [
  cdrRecord({
    uniqueId: id(1),
    linkedId: id(1),
    sequence: 1,
    disposition: 'NO ANSWER',
    answerTime: null,
    billableSeconds: 0,
  }),
  cdrRecord({
    uniqueId: id(2),
    linkedId: id(1),
    sequence: 2,
    startTime: noon + 12_000,
    answerTime: noon + 14_000,
    endTime: noon + 22_000,
    channel: 'Local/s@queue-00000001;2',
    destinationChannel: 'PJSIP/1002-00000003',
    agent: '1002',
  }),
];
const withoutLinkedId = (record: CdrRecord) => ({ ...record, linkedId: record.uniqueId, linkedIdMapped: false });
const fromTable = (record: CdrRecord) => ({ ...record, imported: true });

/** What is missing on each way: as an administrator maps fields, or as a table has columns. */
const lacking = fc.record({ sequence: fc.boolean(), linkedId: fc.boolean(), times: fc.boolean() });
const seen = (record: CdrRecord, lacks: { sequence: boolean; linkedId: boolean; times: boolean }): CdrRecord => ({
  ...(lacks.linkedId ? withoutLinkedId(record) : record),
  ...(lacks.sequence ? { sequence: null } : {}),
  ...(lacks.times ? { answerTime: null, endTime: null } : {}),
});

/** A record that came live and from a table is one. */
export function bothWays(open: OpenStore): void {
  describe('records that came live without their linked id', () => {
    const live = legs.map(withoutLinkedId);
    const table = legs.map(fromTable);

    it.each([
      ['live first', [{ records: live }, { records: table }]],
      ['imported first', [{ records: table }, { records: live }]],
      ['one by one', [{ records: [live[0]!] }, { records: table }, { records: [live[1]!] }]],
      ['in one batch', [{ records: [...live, ...table] }]],
      ['again and again', [{ records: live }, { records: table }, { records: live }, { records: table }]],
    ])('are the legs of the call that the table has: %s', async (_, batches) => {
      const { records, calls, counts } = await stored(open, batches);
      expect(records).toEqual(legs);
      expect(calls).toMatchObject([{ linkedId: id(1), outcome: 'answered', agent: '1002', records: 2 }]);
      expect(counts).toMatchObject({ records: 2, calls: 1 });
    });

    it('are known again where a store was opened in between', async () => {
      for (const records of [live, table]) {
        const store = await open(named);
        await store.add({ records, events: [] });
        await store.close();
      }
      const store = await open(named);
      expect(await store.add({ records: live, events: [] })).toEqual([]);
      expect(await store.counts()).toMatchObject({ records: 2, calls: 1 });
      await store.close();
    });

    it('leave queue events where they are', async () => {
      const events = [queueEvent('QueueCallerJoin', 0), queueEvent('QueueCallerAbandon', 9, { holdTime: 9 })];
      const { calls } = await stored(open, [{ records: live, events }, { records: table }]);
      expect(calls).toMatchObject([{ linkedId: id(1), waitTime: 9, records: 2 }]);
    });
  });

  it('records of a table without linked id and sequence are those that came live with both', async () => {
    const table = legs.map(withoutLinkedId).map((record) => ({ ...fromTable(record), sequence: null, endTime: null }));
    for (const batches of [
      [{ records: legs }, { records: table }],
      [{ records: table }, { records: legs }],
    ]) {
      expect(await stored(open, batches)).toMatchObject({ records: legs, counts: { records: 2, calls: 1 } });
    }
  });

  it('any records that came both ways in any order are counted once', async () => {
    const record = fc
      .record({
        call: fc.integer({ min: 0, max: 3 }),
        leg: fc.integer({ min: 0, max: 4 }),
        second: fc.integer({ min: 0, max: 30 }),
        member: fc.constantFrom('', 'PJSIP/1001-00000002', 'PJSIP/1002-00000003'),
        duration: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ call, leg, second, member, duration }) =>
        cdrRecord({
          uniqueId: id(call * 10 + leg),
          linkedId: id(call * 10),
          channel: `PJSIP/trunk-${call}${leg}`,
          destinationChannel: member,
          // Two seconds apart at least: what is one second apart may be rounded by a table (`isSameButRounded`).
          startTime: noon + second * 2000,
          duration: duration * 2,
          sequence: (((call * 5 + leg) * 31 + second) * 3 + member.length) * 3 + duration,
        })
      );
    const records = fc.uniqueArray(record, {
      maxLength: 20,
      selector: (r) => [r.uniqueId, r.destinationChannel, r.startTime, r.duration].join(),
    });
    const ways = fc.array(fc.record({ isLive: fc.boolean(), from: fc.nat(20), count: fc.nat(20) }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(records, ways, lacking, lacking, async (truth, batches, liveLacks, tableLacks) => {
        const sent = batches.map(({ isLive, from, count }) => {
          const chosen = truth.slice(from, from + count);
          return {
            chosen,
            records: chosen.map((r) => (isLive ? seen(r, liveLacks) : fromTable(seen(r, tableLacks)))),
          };
        });
        const sentOnce = new Set(sent.flatMap(({ chosen }) => chosen));
        const found = await stored(
          open,
          sent.map(({ records }) => ({ records }))
        );
        expect(found.counts.records).toBe(sentOnce.size);
        const keyOf = (r: CdrRecord) => [r.uniqueId, r.destinationChannel, r.startTime, r.duration].join();
        expect(found.records.map(keyOf).sort()).toEqual([...sentOnce].map(keyOf).sort());
        expect(found.calls.reduce((sum, call) => sum + call.records, 0)).toBe(sentOnce.size);
      }),
      { numRuns: 60 }
    );
  }, 120_000);
}
