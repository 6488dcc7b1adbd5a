import { noon, queueEvent } from '../support/cdr-builders';
import { withStore, type OpenStore } from './open-store';

const hour = 3_600_000;

/** What is kept besides calls. */
export function logbook(open: OpenStore): void {
  describe('the counts of a queue in a stretch are', () => {
    it('of a talk for sure where all of it is in the stretch, and perhaps where it only touches it', async () => {
      const parts = {
        records: [],
        events: [
          queueEvent('QueueCallerJoin', 0),
          queueEvent('AgentConnect', 10, { holdTime: 10 }),
          queueEvent('AgentComplete', 100, { holdTime: 10, talkTime: 90 }),
        ],
      };
      await withStore(open, [parts], async (store) => {
        const counts = async (from: number, to: number, queue = 'Support', agent = '', ofAnyQueue = false) => {
          const counter = { server: 'pbx', queue, interface: agent && `PJSIP/${agent}`, since: 0 };
          const base = { ...counter, completed: 0, abandoned: 0, at: noon + from * 1000 };
          const stretch = { base, latest: { ...base, at: noon + to * 1000 }, completed: 1, abandoned: 0, ofAnyQueue };
          const { answeredLeast, answeredMost, completes } = await store.queueCounts(stretch, base.at, agent);
          return [answeredLeast, answeredMost, completes];
        };
        expect(await counts(-60, 160)).toEqual([1, 1, 1]);
        expect(await counts(-60, 60)).toEqual([0, 1, 0]);
        expect(await counts(60, 160)).toEqual([0, 1, 1]);
        expect(await counts(-60, 102)).toEqual([0, 1, 1]);
        expect(await counts(160, 260)).toEqual([0, 0, 0]);
        expect(await counts(-60, 160, 'support', '1001')).toEqual([1, 1, 1]);
        expect(await counts(-60, 160, 'support', '1002')).toEqual([0, 0, 0]);
        expect(await counts(-60, 160, 'sales', '1001')).toEqual([0, 0, 0]);
        expect(await counts(-60, 160, 'sales', '1001', true)).toEqual([0, 1, 1]);
      });
    });
  });

  describe('gaps and restarts', () => {
    it('are found by the range they touch, and go with the retention', async () => {
      await withStore(open, [], async (store) => {
        const gap = { server: 'pbx-east', startTime: noon, endTime: noon + hour, reason: 'silent' as const };
        await store.addGap(gap);
        await store.addRestart({ server: 'pbx-east', time: noon });
        expect(await store.gaps(noon + hour - 1, noon + 2 * hour)).toEqual([gap]);
        expect(await store.gaps(noon + hour, noon + 2 * hour)).toEqual([]);
        expect(await store.restarts(noon, noon + 1)).toEqual([{ server: 'pbx-east', time: noon }]);
        await store.removeBefore(noon + 2 * hour);
        expect(await store.gaps(0, noon + 2 * hour)).toEqual([]);
        expect(await store.restarts(0, noon + 2 * hour)).toEqual([]);
      });
    });

    it('are kept beside what Asterisk counted otherwise; the readings of before go with new ones', async () => {
      await withStore(open, [], async (store) => {
        const counter = { server: 'pbx-east', queue: 'support', interface: 'PJSIP/1001', since: 1_795_000_000 };
        const reading = { ...counter, completed: 4, abandoned: 1, at: noon };
        const found = { server: 'pbx-east', queue: 'support', agent: '1001', outcome: 'answered' as const, more: 3 };
        const difference = { ...found, startTime: noon, endTime: noon + hour };
        await store.keepAudit([reading, { ...reading, queue: 'sales' }], [difference]);
        await store.keepAudit([{ ...reading, completed: 5 }], []);
        expect(await store.readings()).toEqual([{ ...reading, completed: 5 }]);
        expect(await store.differences(noon + hour - 1, noon + 2 * hour)).toEqual([difference]);
        expect(await store.differences(noon + hour, noon + 2 * hour)).toEqual([]);
        await store.removeBefore(noon + 2 * hour);
        expect(await store.differences(0, noon + 2 * hour)).toEqual([]);
        expect(await store.readings()).toEqual([]);
      });
    });

    it('are one where a line flaps or a gap is stored twice, and stay apart otherwise', async () => {
      await withStore(open, [], async (store) => {
        const gap = (from: number, length: number, server = 'pbx-east') => ({
          server,
          startTime: noon + from,
          endTime: noon + from + length,
          reason: 'disconnected' as const,
        });
        for (let n = 0; n < 50; n++) {
          await store.addGap(gap(n * 600, 300));
        }
        await store.addGap(gap(0, 300));
        await store.addGap(gap(0, 300, 'pbx-west'));
        await store.addGap({ ...gap(0, 300), reason: 'silent' });
        await store.addGap(gap(hour, 300));
        expect(await store.gaps(0, noon + 2 * hour)).toEqual([
          gap(0, 49 * 600 + 300),
          { ...gap(0, 300), reason: 'silent' },
          gap(0, 300, 'pbx-west'),
          gap(hour, 300),
        ]);
      });
    });

    it('remember when each PBX was last heard', async () => {
      await withStore(open, [], async (store) => {
        await store.rememberHeard(new Map([['pbx-east', noon]]));
        await store.rememberHeard(
          new Map([
            ['pbx-east', noon + 1],
            ['pbx-west', noon],
          ])
        );
        expect(await store.lastHeard()).toEqual(
          new Map([
            ['pbx-east', noon + 1],
            ['pbx-west', noon],
          ])
        );
      });
    });
  });

  describe('the clocks of the store', () => {
    it('are kept, the latest in place of all', async () => {
      await withStore(open, [], async (store) => {
        const span = { server: 'pbx-east', from: noon, to: noon + 1, offset: 7200 };
        await store.keepClocks([{ ...span, offset: 0 }]);
        await store.keepClocks([span, { ...span, server: 'pbx-west', offset: -12_600 }]);
        expect(await store.clocks()).toEqual([span, { ...span, server: 'pbx-west', offset: -12_600 }]);
      });
    });
  });

  describe('the names that PBXes gave their agents', () => {
    it('are kept, the latest in place of all', async () => {
      await withStore(open, [], async (store) => {
        const name = { server: 'pbx-east', agent: '1001', name: "Zoë O'Brien" };
        await store.keepNames([{ ...name, name: 'Zoë' }]);
        await store.keepNames([name, { ...name, server: 'pbx-west' }]);
        expect(await store.names()).toEqual([name, { ...name, server: 'pbx-west' }]);
      });
    });
  });
}
