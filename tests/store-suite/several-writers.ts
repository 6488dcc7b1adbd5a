import { firstValueFrom } from 'rxjs';
import { decodeFrame } from '../../src/amiws/decode-frame';
import type { CallParts } from '../../src/cdr/call-parts';
import { Listener } from '../../src/listener/listener';
import { cdrRecord, defaultDerivation, noon, queueEvent } from '../support/cdr-builders';
import { frameText } from '../support/cdr-frame';
import { all, named, sumsOf, type OpenStore } from './open-store';

/** Two processes on one store. */
export function severalWriters(open: OpenStore): void {
  describe('a store with several writers', () => {
    it('says what another one stored, and answers with it', async () => {
      const [one, other] = [await open(named), await open(named)];
      const heard = firstValueFrom(one.changes);
      await other.add({ records: [cdrRecord()], events: [] });
      expect(await heard).toMatchObject({ changed: [{ assembled: { call: { records: 1 } } }], removedBefore: null });
      expect((await one.selectCalls(all)).rows).toMatchObject([{ records: 1 }]);
      await one.close();
      await other.close();
    });

    it('makes one call of what each of them has of it, once', async () => {
      const [one, other] = [await open(named), await open(named)];
      await one.add({ records: [cdrRecord({ sequence: 1 })], events: [] });
      await other.add({ records: [cdrRecord({ sequence: 2 })], events: [queueEvent('QueueCallerJoin', 0)] });
      const again = { records: [1, 2, 3].map((sequence) => cdrRecord({ sequence })), events: [] };
      const [change] = await one.add(again);
      expect(change).toMatchObject({ assembled: { call: { records: 3 }, visits: [{ queue: 'support' }] } });
      expect(change!.freshRecords).toMatchObject([{ sequence: 3 }]);
      expect(await other.add(again)).toEqual([]);
      expect(await other.counts()).toMatchObject({ records: 3, calls: 1 });
      await one.close();
      await other.close();
    });

    it('stores an event once that each heard at a moment of its own, and both of two that are equal', async () => {
      const [one, other] = [await open(named), await open(named)];
      const joins = (...seconds: number[]) => seconds.map((second) => queueEvent('QueueCallerJoin', second));
      const left = queueEvent('QueueCallerLeave', 2);
      const [change] = await one.add({ records: [], events: [...joins(0, 3), left] });
      expect(change!.assembled.visits).toHaveLength(2);
      expect(await other.add({ records: [], events: joins(0.2) })).toEqual([]);
      expect(await other.add({ records: [], events: joins(3.2) })).toEqual([]);
      expect(await one.add({ records: [], events: [{ ...left, at: left.at + 400, arrival: 1 }] })).toHaveLength(1);
      expect(await other.add({ records: [], events: [{ ...left, at: left.at + 300 }] })).toEqual([]);
      await one.close();
      await other.close();
    });

    it('makes one visit of what one heard and what the other one heard, though the end seems to come first', async () => {
      const [one, other] = [await open(named), await open(named)];
      await one.add({ records: [], events: [queueEvent('AgentConnect', 10)] });
      const joined = { records: [], events: [queueEvent('QueueCallerJoin', 10.8)] };
      expect((await other.add(joined))[0]!.assembled.visits).toMatchObject([
        { visitOutcome: 'answered', agent: '1001' },
      ]);
      const ended = { records: [], events: [queueEvent('AgentComplete', 10.01, { talkTime: 3 })] };
      expect((await one.add(ended))[0]!.assembled.visits).toMatchObject([{ visitOutcome: 'answered', talkTime: 3 }]);
      await one.close();
      await other.close();
    });

    it('stores once what each heard whose clock is minutes apart from the other', async () => {
      const [one, other] = [await open(named), await open(named)];
      for (const [store, clock] of [
        [one, noon + 5_000],
        [other, noon + 5_000 - 4 * 60_000],
        [one, noon + 5_000],
      ] as const) {
        for (const parts of heardBy(clock)) {
          await store.add(parts);
        }
      }
      const { rows } = await one.selectCalls(all);
      expect(rows).toMatchObject([{ queues: ['support'], records: 1 }]);
      expect(await sumsOf(one, ['visitsAbandoned', 'offered'])).toEqual({ visitsAbandoned: 1, offered: 1 });
      await one.close();
      await other.close();
    });

    it('counts the time of an agent once that each saw from a moment of its own', async () => {
      const [one, other] = [await open(named), await open(named)];
      const seen = (from: number, to: number) => ({
        ...{
          server: 'pbx',
          agent: '1001',
          queues: ['support', 'sales'],
          paused: false,
          pauseReason: '',
          wrapUp: false,
          utcOffset: 0,
        },
        ...{ startTime: noon + from * 1000, endTime: noon + to * 1000 },
      });
      await one.addStretches([seen(0, 100), { ...seen(0, 50), agent: '1002' }]);
      await other.addStretches([seen(10, 300)]);
      await one.addStretches([seen(0, 200), { ...seen(0, 60), agent: '1002' }]);
      const plan = {
        ...{ from: noon, to: noon + 3_600_000, filters: {}, groupBy: ['agent' as const], buckets: null, clock: null },
        serviceLevelThreshold: 20,
      };
      const { rows } = await other.sum(plan, ['loggedInSeconds']);
      const seconds = rows.map(({ group, sums }) => [group[0], sums.loggedInSeconds]);
      expect(seconds.sort()).toEqual([
        ['1001', 300],
        ['1002', 60],
      ]);
      await one.close();
      await other.close();
    });

    it('knows that the queues were heard where one of them heard them', async () => {
      const [one, other] = [await open(named), await open(named)];
      await one.add({ records: [cdrRecord()], events: [] });
      await other.add({ records: [cdrRecord({ queueEventsHeard: true })], events: [] });
      await one.add({ records: [cdrRecord()], events: [] });
      expect((await one.selectRecords(all)).rows).toMatchObject([{ queueEventsHeard: true }]);
      await one.close();
      await other.close();
    });

    it('finds the twin of a live record that another one imported meanwhile', async () => {
      const [one, other] = [await open(named), await open(named)];
      const record = cdrRecord();
      const withoutLinkedId = { ...record, uniqueId: `${record.uniqueId}9`, linkedIdMapped: false };
      await one.add({ records: [], events: [] });
      await other.add({ records: [{ ...withoutLinkedId, linkedIdMapped: true, imported: true }], events: [] });
      await one.add({ records: [{ ...withoutLinkedId, linkedId: withoutLinkedId.uniqueId }], events: [] });
      expect(await one.counts()).toMatchObject({ records: 1, calls: 1 });
      await one.close();
      await other.close();
    });
  });
}

/**
 * What a process hears of a caller who gives up, from a PBX that adds no times to its events.
 *
 * @param clock what its own clock shows then, epoch milliseconds
 */
function heardBy(clock: number): CallParts[] {
  const heard: CallParts[] = [];
  const nothing = (): void => undefined;
  const listener = new Listener(defaultDerivation, {
    ...{ gap: nothing, restart: nothing, stretches: nothing, boardChanged: nothing, serverFound: nothing },
    event: (_, parts) => heard.push(parts),
    badInput: (reason, example) => {
      throw new Error(`${reason}: ${example}`);
    },
  });
  const caller = { Uniqueid: `${noon / 1000}.1`, Linkedid: `${noon / 1000}.1`, Queue: 'support' };
  const hear = (name: string, seconds: number, fields: Record<string, string>): void =>
    listener.hear({
      kind: 'frame',
      frame: decodeFrame(frameText(1, 'pbx', 3, { Event: name, ...fields }), clock + seconds * 1000),
    });
  listener.hear({ kind: 'server', server: 'pbx', state: 'up', since: clock, clockOffsetMs: noon + 5_000 - clock });
  hear('QueueCallerJoin', 0, { ...caller, Position: '1', Count: '1' });
  hear('QueueCallerAbandon', 20, { ...caller, Position: '1', OriginalPosition: '1', HoldTime: '20' });
  const wall = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  hear('Cdr', 21, {
    ...{
      UniqueID: caller.Uniqueid,
      LinkedID: caller.Linkedid,
      Sequence: '1',
      Channel: 'PJSIP/trunk-1',
      LastData: 'support',
    },
    ...{
      StartTime: wall(noon),
      EndTime: wall(noon + 26_000),
      Duration: '26',
      BillableSeconds: '0',
      LastApplication: 'Queue',
    },
  });
  return heard;
}
