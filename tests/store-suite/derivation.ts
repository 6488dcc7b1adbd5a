import { derivationOf, type DerivationSettings } from '../../src/cdr/derivation';
import { measures, type Measure } from '../../src/cdr/measures';
import { rulesVersion } from '../../src/cdr/rules-version';
import { cdrRecord, defaultDerivation, noon, queueEvent } from '../support/cdr-builders';
import { all, named, type OpenStore } from './open-store';

const hour = 3_600_000;
/** But those of callers, which need to know of when they are asked. */
const wanted = (Object.keys(measures) as Measure[]).filter(
  (measure) => measures[measure] !== 'lostCaller' && measures[measure] !== 'contact'
);
const settings: DerivationSettings = {
  directionRules: [],
  externalChannels: [],
  agentPatterns: [],
  timeZone: '',
  serverTimeZones: {},
};
const outbound = derivationOf({
  ...settings,
  directionRules: [{ field: 'destination', pattern: '^100$', direction: 'outbound' }],
});

/** The key of `settings` where the rules of the code have another version. */
async function keyOfVersion(version: number): Promise<string> {
  let key = '';
  await jest.isolateModulesAsync(async () => {
    jest.doMock('../../src/cdr/rules-version', () => ({ rulesVersion: version }));
    ({ key } = (await import('../../src/cdr/derivation')).derivationOf(settings));
  });
  jest.dontMock('../../src/cdr/rules-version');
  return key;
}

/** What is stored follows the rules. */
export function derivation(open: OpenStore): void {
  describe('what is stored', () => {
    it('is derived again when the rules of the settings have changed, and only then', async () => {
      const { newClock } = defaultDerivation;
      const first = await open(named);
      await first.deriveAgain(() => undefined);
      await first.add({ records: [cdrRecord()], events: [queueEvent('QueueCallerJoin', 0)] });
      await first.close();
      const second = await open({ ...named, derivation: { ...outbound, newClock } });
      const progress: number[][] = [];
      await second.deriveAgain((done, total) => progress.push([done, total]));
      await second.deriveAgain((done, total) => progress.push([done, total]));
      expect(progress).toEqual([
        [0, 1],
        [1, 1],
      ]);
      expect((await second.selectCalls(all)).rows).toMatchObject([{ direction: 'outbound', queues: ['support'] }]);
      expect(await second.counts()).toMatchObject({ records: 1, calls: 1 });
      await second.close();
    });

    it('is derived again when the rules of the code have another version', async () => {
      const before = { ...derivationOf(settings), key: await keyOfVersion(rulesVersion - 1) };
      const first = await open({ ...named, derivation: before });
      await first.deriveAgain(() => undefined);
      await first.add({ records: [cdrRecord({ direction: 'unknown' })], events: [] });
      await first.close();
      const second = await open({ ...named, derivation: derivationOf(settings) });
      await second.deriveAgain(() => undefined);
      expect((await second.selectCalls(all)).rows).toMatchObject([{ direction: 'internal' }]);
      await second.close();
    });

    it('is derived again a bounded number of calls at a time, after a restart from where it came to', async () => {
      const records = Array.from({ length: 2_500 }, (_, n) => {
        const linkedId = `${noon / 1000 + n}.${n}`;
        return cdrRecord({ uniqueId: linkedId, linkedId, startTime: noon + n * 1000, channel: `PJSIP/trunk-${n}` });
      });
      const first = await open(named);
      await first.add({ records, events: [] });
      await first.close();
      const second = await open({ ...named, derivation: outbound });
      const stops = (done: number): void => {
        if (done >= 1_000) {
          throw new Error('the process ends');
        }
      };
      await expect(second.deriveAgain(stops)).rejects.toThrow('the process ends');
      await second.close();
      const third = await open({ ...named, derivation: outbound });
      const progress: number[][] = [];
      await third.deriveAgain((done, total) => progress.push([done, total]));
      await third.deriveAgain((done, total) => progress.push([done, total]));
      expect(progress).toEqual([1_000, 2_000, 2_500].map((done) => [done, 2_500]));
      expect(await third.countRows('calls', { ...all, filters: { direction: ['outbound'] } })).toBe(2_500);
      await third.close();
    }, 60_000);

    it('gives events, visits and times of agents their offset when it is derived again', async () => {
      const first = await open(named);
      await first.add({ records: [], events: [{ ...queueEvent('QueueCallerJoin', 0), utcOffset: 0 }] });
      const stretch = {
        server: 'pbx',
        agent: '1001',
        queues: ['support'],
        paused: false,
        pauseReason: '',
        wrapUp: false,
        utcOffset: 0,
      };
      await first.addStretches([{ ...stretch, startTime: noon, endTime: noon + hour }]);
      await first.close();
      const kyiv = derivationOf({ ...settings, timeZone: 'Europe/Kyiv' });
      const again = await open({ ...named, derivation: kyiv });
      await again.deriveAgain(() => undefined);
      const plan = { from: 0, to: noon + 24 * hour, filters: {}, groupBy: ['hourOfDay' as const], buckets: null };
      const { rows } = await again.sum({ ...plan, clock: null, serviceLevelThreshold: 20 }, wanted);
      expect(rows.map(({ group }) => group)).toEqual([['15']]);
      // A late part of the call is assembled with the events as they are stored now.
      await again.close();
      const later = await open({ ...named, derivation: kyiv });
      await later.add({ records: [], events: [{ ...queueEvent('QueueCallerAbandon', 5), utcOffset: 7200 }] });
      const after = await later.sum({ ...plan, clock: null, serviceLevelThreshold: 20 }, wanted);
      expect(after.rows.map(({ group }) => group)).toEqual([['15']]);
      await later.close();
    });
  });
}
