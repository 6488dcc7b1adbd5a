import type { QueueEvent, QueueEventName } from '../../src/cdr/queue-event';
import { cdrRecord, noon, queueEvent } from '../support/cdr-builders';
import type { Measure } from '../../src/cdr/measures';
import { all, sumsOf, withStore, type OpenStore } from './open-store';

/** As a queue_log tells of it: whole seconds, the member's channel only where he answered, no channel of the caller. */
function readEvent(name: QueueEventName, seconds: number, overrides: Partial<QueueEvent> = {}): QueueEvent {
  return queueEvent(name, Math.floor(seconds), { imported: true, arrival: 1_000, ...overrides });
}

const phone = { interface: 'PJSIP/1001', memberUniqueId: `${noon / 1000}.2` };
const heard = [
  queueEvent('QueueCallerJoin', 0.4),
  queueEvent('AgentRingNoAnswer', 3.6, { ...phone, memberUniqueId: `${noon / 1000}.4`, ringTime: 3 }),
  queueEvent('AgentRingNoAnswer', 6.6, { ...phone, memberUniqueId: `${noon / 1000}.3`, ringTime: 2 }),
  queueEvent('AgentConnect', 9.9, { ...phone, holdTime: 9, ringTime: 2 }),
  queueEvent('AgentComplete', 19.9, { ...phone, holdTime: 9, talkTime: 10 }),
];
const read = heard.map((event) =>
  readEvent(event.name, (event.at - noon) / 1000, {
    ...event,
    at: Math.floor(event.at / 1000) * 1000,
    memberUniqueId: event.name === 'AgentConnect' ? event.memberUniqueId : '',
    imported: true,
    arrival: 1_000,
  })
);

/** What is read of a queue_log becomes part of what was heard, and of the records that are imported. */
export function queueLogs(open: OpenStore): void {
  describe('a queue_log', () => {
    const wanted: Measure[] = ['offered', 'visitsAnswered', 'visitTalkSeconds', 'notAnswered', 'importedVisits'];
    const figures = (batches: readonly QueueEvent[][]): Promise<object> =>
      withStore(
        open,
        batches.map((events) => ({ records: [], events })),
        (store) => sumsOf(store, wanted)
      );
    const live = { offered: 1, visitsAnswered: 1, visitTalkSeconds: 10, notAnswered: 2, importedVisits: 0 };

    it.each([
      ['after', [heard, read]],
      ['before', [read, heard]],
      ['twice after', [heard, read, read]],
    ])('that is read %s what came live doubles nothing', async (_, batches) => {
      expect(await figures(batches)).toEqual(live);
    });

    it('of one PBX is of no call of another', async () => {
      const servers = ['pbx', 'pbx-west', 'pbx-east'];
      const records = servers.map((server) => cdrRecord({ server, linkedId: `${noon / 1000 - 60}.7` }));
      const events = servers.slice(0, 2).flatMap((server) => read.map((event) => ({ ...event, server })));
      await withStore(
        open,
        [
          { records: [], events },
          { records, events: [] },
        ],
        async (store) => {
          const { rows } = await store.selectCalls(all);
          expect(Object.fromEntries(rows.map(({ server, queues }) => [server, queues]))).toEqual({
            pbx: ['support'],
            'pbx-west': ['support'],
            'pbx-east': [],
          });
        }
      );
    });

    it.each([1, 2, 3, 4])('completes a visit of which the first %i events were heard', async (count) => {
      expect(await figures([heard.slice(0, count), read])).toEqual(live);
    });

    it('that is all there is gives the same figures, and says so', async () => {
      expect(await figures([read])).toEqual({ ...live, importedVisits: 1 });
    });

    it.each([
      ['before', true],
      ['after', false],
    ])('finds the call that its records came %s into', async (_, isFirst) => {
      const records = [cdrRecord({ linkedId: `${noon / 1000 - 60}.7`, lastApplication: 'Queue', queue: 'support' })];
      const batches = [
        { records, events: [] },
        { records: [], events: read },
      ];
      await withStore(open, isFirst ? batches : batches.reverse(), async (store) => {
        expect(await store.counts()).toMatchObject({ calls: 1, records: 1 });
        expect(await sumsOf(store, ['offered', 'importedVisits', 'derivedVisits'])).toEqual({
          offered: 1,
          importedVisits: 1,
          derivedVisits: 0,
        });
      });
    });
  });
}
