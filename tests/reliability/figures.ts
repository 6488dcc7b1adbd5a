import { answerQuery } from '../../src/answers/answer-query';
import { parseQuery } from '../../src/query/parse-query';
import type { Store } from '../../src/store/store';
import { answerRows } from '../../tools/replay/answer-rows';
import { answerSource } from '../support/answer-source';

const questions = [
  { queryType: 'statistics', metrics: ['recordCount'], groupBy: ['server', 'disposition'] },
  {
    queryType: 'statistics',
    metrics: ['totalCalls', 'answeredCalls', 'abandonedCalls', 'busyCalls', 'totalTalkTime', 'averageRingTime'],
    groupBy: ['server'],
  },
  {
    queryType: 'statistics',
    metrics: ['callsOffered', 'callsAnswered', 'callsAbandoned', 'averageWaitTime', 'longestWaitTime'],
    groupBy: ['server', 'queue'],
  },
  { queryType: 'statistics', metrics: ['callsHandled', 'ringNoAnswer'], groupBy: ['server', 'agent'] },
  { queryType: 'calls' },
];

/** The answers of a store to questions of every kind, over all times. */
export async function figuresOf(store: Store): Promise<unknown[]> {
  const source = answerSource(store);
  const range = { from: 0, to: Date.UTC(2100, 0), intervalMs: 60_000 };
  return Promise.all(
    questions.map(async (question) => answerRows(await answerQuery(source, parseQuery(question), range)))
  );
}
