import { metricIds, metrics } from '../../src/cdr/metrics';
import { sentences } from '../../src/sentences/sentences';
import { questions } from '../../src/query/questions';

/** English texts by id of tables that the server part has too, under the key by which the browser part asks for them. */
export const tableTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sentences.*': sentences,
  'questions.*.label': Object.fromEntries(questions.map(({ id, label }) => [id, label])),
  'questions.*.description': Object.fromEntries(questions.map(({ id, description }) => [id, description])),
  'metrics.*.title': Object.fromEntries(metricIds.map((id) => [id, metrics[id].title])),
  'metrics.*.description': Object.fromEntries(metricIds.map((id) => [id, metrics[id].description])),
};
