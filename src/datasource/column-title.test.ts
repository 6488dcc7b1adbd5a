import { answerQuery } from '../answers/answer-query';
import { HeardCalls } from '../browser-mode/heard-calls';
import { dimensions } from '../cdr/dimensions';
import { metricIds } from '../cdr/metrics';
import { countedBy, heatmapGroups, queryTypes, type SavedQuery } from '../query/model';
import { parseQuery } from '../query/parse-query';
import { parseSettings } from '../settings/settings';
import { columnTitle } from './column-title';

/** A language in which every text is its key. */
jest.mock('@grafana/i18n', () => ({ t: (key: string) => `<${key}>` }));

const now = Date.UTC(2026, 10, 24, 14);
const asked: SavedQuery[] = [
  ...queryTypes.filter((queryType) => queryType !== 'statistics').map((queryType) => ({ queryType })),
  ...dimensions.map((dimension) => ({ queryType: 'statistics' as const, groupBy: [dimension] })),
  ...metricIds.map((metric) => ({ queryType: 'statistics' as const, metrics: [metric] })),
  { queryType: 'statistics' as const, groupBy: [...heatmapGroups], format: 'heatmap' as const },
  ...countedBy.map((field) => ({ queryType: 'callsNow' as const, countBy: [field] })),
].map((query) => ({ refId: 'A', ...query }));

test.each(asked)('every column of %j has a title in the language of the user', async (query) => {
  const { fields } = await answerQuery(new HeardCalls(parseSettings({})).answers(now), parseQuery(query), {
    ...{ from: now - 3_600_000, to: now, intervalMs: 60_000 },
  });
  const titles = fields.flatMap(({ name, config }) => {
    const english = config?.displayNameFromDS;
    return english === undefined ? [] : [[english, columnTitle(name, english)]];
  });
  expect(titles.filter(([english, said]) => english === said)).toEqual([]);
});
