import fc from 'fast-check';
import { answerQuery } from '../../src/answers/answer-query';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { parseQuery } from '../../src/query/parse-query';
import { answerRows } from '../../tools/replay/answer-rows';
import { arbitraryParts } from '../support/arbitrary-parts';
import { defaultRules } from '../support/cdr-builders';
import { answerSource } from '../support/answer-source';

const bounds = [10, 60, 300];
const range = { from: 0, to: Date.UTC(2100, 0), intervalMs: 60_000 };

/** Answers of what a browser keeps of some calls. */
function asking(parts: Parameters<MemoryStore['add']>[0]) {
  const store = new MemoryStore(1000, defaultRules);
  store.add(parts);
  const source = answerSource(store);
  return async (query: object) =>
    answerRows(await answerQuery(source, parseQuery({ queryType: 'statistics', ...query }), range));
}

describe('bands', () => {
  it('hold what the service level counts, at each of their bounds, and all that there is', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryParts, async (parts) => {
        const ask = asking(parts);
        const metrics = ['callsOffered', 'callsAnswered', 'callsAnsweredShare'];
        const rows = await ask({ metrics, groupBy: ['answerBand'], bands: bounds });
        const sum = (metric: string, some = rows) => some.reduce((total, row) => total + Number(row[metric]), 0);
        expect(rows.slice(0, 4).map(({ answerBand }) => answerBand)).toEqual([
          '0–10 s',
          '11–60 s',
          '61–300 s',
          'over 300 s',
        ]);
        const [all] = await ask({ metrics: ['callsOffered', 'callsAnswered'] });
        expect([sum('callsOffered'), sum('callsAnswered')]).toEqual([all!.callsOffered, all!.callsAnswered]);
        for (const [place, serviceLevelThreshold] of bounds.entries()) {
          const [level] = await ask({ metrics: ['serviceLevelPct'], serviceLevelThreshold });
          const [asterisk] = await ask({
            ...{ metrics: ['serviceLevelPct'], serviceLevelThreshold },
            serviceLevelDefinition: 'asterisk',
          });
          const within = rows.slice(0, place + 1);
          if (level!.serviceLevelPct !== null) {
            expect((100 * sum('callsAnswered', within)) / sum('callsOffered')).toBeCloseTo(
              Number(level!.serviceLevelPct),
              9
            );
          }
          if (asterisk!.serviceLevelPct !== null) {
            expect(sum('callsAnsweredShare', within)).toBeCloseTo(Number(asterisk!.serviceLevelPct), 9);
          }
        }
      }),
      { numRuns: 50 }
    );
  });

  it('are all there, empty ones too, of each group and in time series', async () => {
    const ask = asking({ records: [], events: [] });
    const query = { metrics: ['callsOffered', 'callsOfferedShare'], groupBy: ['waitBand'], bands: [10] };
    expect(await ask(query)).toEqual([
      { waitBand: '0–10 s', callsOffered: 0, callsOfferedShare: null },
      { waitBand: 'over 10 s', callsOffered: 0, callsOfferedShare: null },
    ]);
    const [first] = await ask({ ...query, metrics: ['callsOffered'], format: 'timeseries', interval: '52w' });
    expect(Object.keys(first!)).toHaveLength(3);
  });
});
