import type { QueueNow } from '../cdr/queue-board';
import type { Answer, TimeRange } from '../query/answer';
import type { CdrQuery, QueryType } from '../query/model';
import { callsAnswer, recordsAnswer } from '../query/row-columns';
import { queueStatusAnswer } from '../query/queue-status-answer';
import { statisticsAnswer, unmappedText } from '../query/statistics-answer';
import { factsOf, statisticsPlan, type StatisticsDefaults } from '../query/statistics-plan';
import type { RowSelection, Store } from '../store/store';

export interface AnswerSource {
  store: Store;
  defaults: StatisticsDefaults;
  /** Every queue at this moment. */
  queuesNow: () => QueueNow[];
}

type Answerer = (source: AnswerSource, query: CdrQuery, range: TimeRange) => Promise<Answer>;

const answerers: Record<QueryType, Answerer> = {
  records: async ({ store }, query, range) => {
    const { rows, sql } = await store.selectRecords(selection(query, range));
    return recordsAnswer(rows, { executedQueryString: sql });
  },
  calls: async ({ store }, query, range) => {
    const { rows, sql } = await store.selectCalls(selection(query, range));
    const unmapped = rows.some((call) => !call.linkedIdMapped);
    return callsAnswer(rows, {
      executedQueryString: sql,
      ...(unmapped ? { notices: [{ severity: 'warning', text: unmappedText }] } : {}),
    });
  },
  statistics: async ({ store, defaults }, query, range) => {
    const plan = statisticsPlan(query, range, defaults);
    const { rows, sql } = await store.sum(plan, factsOf(query));
    return statisticsAnswer(query, plan, rows, sql);
  },
  queueStatus: async ({ queuesNow }, query) => queueStatusAnswer(queuesNow(), query.filters),
};

/** The one way from a query to its answer: panels, alert rules, live streams and the replay tool take it. */
export function answerQuery(source: AnswerSource, query: CdrQuery, range: TimeRange): Promise<Answer> {
  return answerers[query.queryType](source, query, range);
}

function selection(query: CdrQuery, range: TimeRange): RowSelection {
  const { filters, limit, offset, sortBy, sortOrder } = query;
  return { from: range.from, to: range.to, filters, limit, offset, sortBy, sortOrder };
}
