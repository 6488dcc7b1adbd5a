import fc from 'fast-check';
import { journeyAnswer, journeySought } from '../../src/answers/journey-answer';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { arbitraryParts } from '../support/arbitrary-parts';
import { cdrRecord, defaultRules, noon, queueEvent } from '../support/cdr-builders';
import { withStore, type OpenStore } from './open-store';

const id = `${noon / 1000}.1`;
const details = { result: 'Success', extension: '502', targetChannel: '', consultUniqueId: '' };
const transfer = queueEvent('BlindTransfer', 8, { memberChannel: 'PJSIP/1001-00000002', transfer: details });
const sought = (linkedIds: string[], servers: string[] | null = null) => ({ linkedIds, servers, mostParts: 100 });

/** Calls are there whole, transfers included. */
export function storedCalls(open: OpenStore): void {
  describe('a stored call', () => {
    const events = [queueEvent('QueueCallerJoin', 0), queueEvent('AgentConnect', 2, { holdTime: 2 }), transfer];
    const parts = { records: [cdrRecord()], events };

    it('is given whole, with all that was assembled of it', async () => {
      await withStore(open, [parts], async (store) => {
        const { rows } = await store.storedCalls(sought([id, 'another']));
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatchObject({
          id: { server: 'pbx', linkedId: id },
          parts: { records: parts.records },
          assembled: {
            call: { linkedId: id, transfers: 1 },
            visits: [{ queue: 'support' }],
            legs: [{ agent: '1001' }],
            transfers: [
              { kind: 'blind', agent: '1001', queue: 'support', transferTarget: '502', targetKind: 'number' },
            ],
          },
        });
        expect(rows[0]!.parts.events.find(({ name }) => name === 'BlindTransfer')).toEqual(transfer);
      });
    });

    it('is that of one PBX, where two gave out the same id', async () => {
      const west = { records: [cdrRecord({ server: 'pbx-west' })], events: [] };
      await withStore(open, [parts, west], async (store) => {
        expect((await store.storedCalls(sought([id]))).rows).toHaveLength(2);
        expect((await store.storedCalls(sought([id], ['pbx-west']))).rows).toMatchObject([
          { id: { server: 'pbx-west' }, assembled: { transfers: [] } },
        ]);
      });
    });

    it('has no more parts of one kind than are wanted', async () => {
      const records = Array.from({ length: 5 }, (_, sequence) => cdrRecord({ sequence }));
      await withStore(open, [{ records, events: [] }], async (store) => {
        const { rows } = await store.storedCalls({ ...sought([id]), mostParts: 3 });
        expect(rows[0]!.parts.records).toHaveLength(3);
      });
    });

    it('takes its transfers along when it is removed', async () => {
      await withStore(open, [parts], async (store) => {
        expect(await store.removeBefore(noon + 3_600_000)).toBe(1);
        expect((await store.storedCalls(sought([id]))).rows).toEqual([]);
      });
    });

    it('makes the same journey as in a browser, for any parts', async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryParts, async (some) => {
          const memory = new MemoryStore(1000, defaultRules);
          memory.add(some);
          await withStore(open, [some], async (store) => {
            const linkedIds = [...new Set([...some.records, ...some.events].map(({ linkedId }) => linkedId))];
            const asked = journeySought({ linkedId: ['-', ...linkedIds] });
            const steps = ({ rows }: Awaited<ReturnType<typeof store.storedCalls>>): string[] => {
              const { fields } = journeyAnswer(rows, '');
              return fields[0]!.values.map((_, row) => JSON.stringify(fields.map(({ values }) => values[row]))).sort();
            };
            expect(steps(await memory.storedCalls(asked))).toEqual(steps(await store.storedCalls(asked)));
          });
        }),
        { numRuns: 20 }
      );
    }, 600_000);
  });
}
