import { least, most } from '../cdr/extremes';
import { passesBy } from '../cdr/filters';
import { lastingGaps, type Gap } from '../cdr/gap';
import type { Directory } from '../cdr/directory';
import { joinGaps, nearGaps } from '../cdr/join-gaps';
import type { QueueDifference } from '../cdr/queue-audit';
import type { BoardNow } from '../cdr/pbx-board';
import { membersOf } from '../cdr/queue-board';
import type { StoredCall } from '../cdr/stored-call';
import type { ServerNow } from '../cdr/server-now';
import {
  annotationsAnswer,
  burstAnnotation,
  differenceAnnotation,
  gapAnnotation,
  restartAnnotation,
  type Annotation,
} from './annotations-answer';
import type { Answer, TimeRange } from './answer';
import type { AnswerStore, RowSelection } from './answer-store';
import { appliedFilters, ignoredNotices } from './applied-filters';
import { askedFilters, namedClock } from './asked-filters';
import { askStatistics } from './ask-statistics';
import { askBusiestHours } from './busiest-hours-answer';
import { callersWaitingAnswer } from './callers-waiting-answer';
import { callsNowAnswer } from './calls-now-answer';
import { clockNotices } from './clock-notice';
import { clockOrderNotices } from './clock-order-notice';
import { contactNotices } from './contact-notice';
import { burstBuckets, burstMeasures, findBursts, missableCalls } from './find-bursts';
import { differenceNotices, differencesOf } from './difference-notice';
import { gapNotices } from './gap-notice';
import { hoursNotices } from './hours-notice';
import { journeyAnswer, journeySought, noJourneyNotices } from './journey-answer';
import { lostCallersAnswer } from './lost-callers-answer';
import { nameAnswer } from './name-answer';
import { withNotices } from './notice';
import { presenceNotices } from './presence-notice';
import type { AnnotationKind, CdrQuery, QueryType } from '../query/model';
import { parseRange } from '../query/parse-range';
import { repeatedCallersAnswer } from './repeated-callers-answer';
import { callRows, recordRows } from './row-answers';
import { agentStatusAnswer } from './agent-status-answer';
import { queueStatusAnswer } from './queue-status-answer';
import { withinLimit } from './row-limit';
import { talkNotices } from './talk-notice';
import { teamNotices } from './team-notice';
import { progressNotices } from './traffic-notice';
import { unknownNow, unseenCalls } from './unknown-now';
import { serversAnswer } from './servers-answer';
import { statisticsAnswer, unmapped } from './statistics-answer';
import { statisticsPlan, type StatisticsDefaults } from './statistics-plan';
import { whyEmpty } from './why-empty';

export interface AnswerSource {
  store: AnswerStore;
  defaults: StatisticsDefaults;
  /** Names and teams as they are now. */
  directory: Directory;
  /** Every queue and call at this moment. */
  boardNow: () => BoardNow;
  /** The agent whose interface a queue member's is. */
  agentOf: (memberInterface: string) => string;
  /** Every PBX at this moment. */
  serversNow: () => ServerNow[];
  /** Gaps that touch a range, those that go on included. Epoch milliseconds. */
  gaps: (from: number, to: number, signal?: AbortSignal) => Promise<Gap[]>;
  /** Where Asterisk counted other visits than are stored, in stretches that touch a range. Epoch milliseconds. */
  differences: (from: number, to: number, signal?: AbortSignal) => Promise<QueueDifference[]>;
}

type Answerer = (source: AnswerSource, query: CdrQuery, range: TimeRange) => Promise<Answer>;

const answerers: Record<QueryType, Answerer> = {
  records: async (source, query, range) => {
    const { rows: found, sql } = await source.store.selectRecords(selection(query, range));
    const { rows, notices } = withinLimit(found, query.limit);
    const answer = withNotices(await recordRows(query, rows, { executedQueryString: sql }), notices);
    return noticed(source, query, range, answer, rows.length === 0);
  },
  calls: async (source, query, range) => {
    const { rows: found, sql } = await source.store.selectCalls(selection(query, range));
    const { rows, notices } = withinLimit(found, query.limit);
    const missing = rows.some((call) => !call.linkedIdMapped) ? [unmapped()] : [];
    const answer = withNotices(await callRows(query, rows, { executedQueryString: sql }), [...missing, ...notices]);
    return noticed(source, query, range, answer, rows.length === 0);
  },
  statistics: async (source, query, range) => {
    const all = { ...statisticsPlan(query, range, source.defaults), teams: source.directory.teams };
    const { plan, rows, sql, wholes, unheard, isEmpty } = await askStatistics(source, query, all);
    const answer = withNotices(await statisticsAnswer(query, plan, rows, sql, wholes), [
      ...presenceNotices(unheard),
      ...clockNotices(query, plan, source.defaults),
      ...talkNotices(query, source.serversNow()),
      ...teamNotices(plan),
      ...progressNotices(query, range, Date.now()),
      ...contactNotices(query, range, all.callers.now),
    ]);
    return noticed(source, query, range, answer, isEmpty);
  },
  busiestHours: async (source, query, range) => {
    const now = Date.now();
    const { sums, answer } = await askBusiestHours(source.store, query, range, source.defaults, now);
    const notices = [
      ...(sums.rows.some((row) => row.sums.unmapped > 0) ? [unmapped()] : []),
      ...progressNotices(query, range, now),
    ];
    const found = withNotices(answer({ executedQueryString: sums.sql }), notices);
    return noticed(source, query, range, found, sums.rows.length === 0);
  },
  lostCallers: async (source, query, range) => {
    const within = query.callBackHours * 3_600_000;
    const { from, to } = range;
    const { rows, sql } = await source.store.selectContacts({ from, to, filters: query.filters, within });
    const answer = lostCallersAnswer(query, rows, within, Date.now(), { executedQueryString: sql });
    return noticed(source, query, range, answer, false);
  },
  repeatedCallers: async (source, query, range) => {
    const { from, to } = range;
    const { filters, limit, offset } = query;
    const selection = { from, to, filters, limit: limit + 1, offset, within: query.repeatDays * 86_400_000 };
    const { rows: found, sql } = await source.store.selectRepeated(selection);
    const { rows, notices } = withinLimit(found, limit);
    const answer = withNotices(repeatedCallersAnswer(rows, { executedQueryString: sql }), notices);
    return noticed(source, query, range, answer, false);
  },
  journey: async (source, query, range) => {
    const sought = journeySought(query.filters);
    if (sought.linkedIds.length === 0) {
      return withNotices(journeyAnswer([], ''), noJourneyNotices(sought, []));
    }
    const { rows, sql } = await source.store.storedCalls(sought);
    const [from, to] = spanOfCalls(rows, range);
    const gaps = gapNotices(await source.gaps(from, to), query.filters, { from, to });
    const wanted = rows.filter(({ id }) => passesBy(query.filters, id));
    return withNotices(journeyAnswer(wanted, sql), [...noJourneyNotices(sought, wanted), ...gaps]);
  },
  queueStatus: async ({ boardNow, serversNow }, query) =>
    withNotices(queueStatusAnswer(boardNow(), query), unknownNow(serversNow(), query.filters)),
  agentStatus: async ({ agentOf, boardNow, serversNow, directory }, query) => {
    const { queues, now } = boardNow();
    return withNotices(
      agentStatusAnswer(membersOf(queues, agentOf), query, directory.teams, now),
      unknownNow(serversNow(), query.filters)
    );
  },
  callsNow: async ({ boardNow, defaults, serversNow }, query) => {
    const board = boardNow();
    const servers = serversNow();
    return withNotices(callsNowAnswer(board, query, defaults.clocks), [
      ...unknownNow(servers, query.filters),
      ...unseenCalls(servers, query.filters, board.now),
    ]);
  },
  callersWaiting: async ({ boardNow, defaults, serversNow }, query) =>
    withNotices(callersWaitingAnswer(boardNow(), query, defaults.clocks), unknownNow(serversNow(), query.filters)),
  servers: async ({ serversNow }, query) => serversAnswer(serversNow(), query),
  annotations: async (source, query, range) => {
    const found = await Promise.all(query.annotationKinds.map((kind) => annotationsOf[kind](source, query, range)));
    return annotationsAnswer(found.flat().filter(({ server }) => passesBy(query.filters, { server })));
  },
};

type AnnotationFinder = (source: AnswerSource, query: CdrQuery, range: TimeRange) => Promise<Annotation[]>;

const annotationsOf: Record<AnnotationKind, AnnotationFinder> = {
  gap: async ({ gaps }, { shortestGap }, { from, to }) => {
    const now = Date.now();
    // Nearer than a panel can tell apart.
    const near = Math.max(nearGaps, (to - from) / 2_000);
    return joinGaps(await gaps(from, to), near)
      .flatMap((gap) => lastingGaps([gap], shortestGap * 1000))
      .map((gap) => gapAnnotation(gap, now));
  },
  restart: async ({ store }, _, { from, to }) => (await store.restarts(from, to)).map(restartAnnotation),
  queueDifference: async ({ differences }, { filters }, { from, to }) =>
    differencesOf(await differences(from, to), filters).map(differenceAnnotation),
  missedBurst: async ({ store, defaults }, query, { from, to }) => {
    const buckets = burstBuckets(query.burstMinutes);
    const filters = missableCalls(query.filters);
    const { serviceLevelThreshold } = defaults;
    const plan = { from, to, filters, groupBy: ['server' as const], buckets, clock: null, serviceLevelThreshold };
    const { rows } = await store.sum(plan, burstMeasures);
    return findBursts(rows, buckets, query.burstCalls).map(burstAnnotation);
  },
};

/**
 * The one way from a query to its answer: panels, alert rules, live streams and the replay tool take it. Its questions
 * to the store end once `signal` is aborted.
 * @throws InvalidQueryError for a range that can't be answered, see `parseRange`
 */
export async function answerQuery(
  source: AnswerSource,
  given: CdrQuery,
  range: TimeRange,
  signal?: AbortSignal
): Promise<Answer> {
  const { query, ignored } = appliedFilters(given);
  const within: TimeRange = { ...parseRange(range), intervalMs: range.intervalMs };
  const asked = signal ? whileWanted(source, signal) : source;
  const { directory, defaults } = source;
  const context = { directory, businessHours: defaults.businessHours?.hours ?? null };
  const filters = askedFilters(query.filters, context, namedClock(query.timeZone, within.from, within.to));
  const answer = await answerers[query.queryType](asked, { ...query, filters }, within);
  const notices = [...hoursNotices(query, defaults), ...ignoredNotices(query, ignored)];
  return nameAnswer(withNotices(answer, notices), directory);
}

/** The same source, whose questions to the store, waiting or running, end with the signal. */
function whileWanted(source: AnswerSource, signal: AbortSignal): AnswerSource {
  const { agentOf, boardNow, defaults, directory, serversNow } = source;
  return {
    agentOf,
    boardNow,
    defaults,
    directory,
    serversNow,
    get store() {
      const { store } = source;
      return {
        selectRecords: (selection) => store.selectRecords(selection, signal),
        selectCalls: (selection) => store.selectCalls(selection, signal),
        selectContacts: (selection) => store.selectContacts(selection, signal),
        selectRepeated: (selection) => store.selectRepeated(selection, signal),
        storedCalls: (sought) => store.storedCalls(sought, signal),
        sum: (plan, wanted) => store.sum(plan, wanted, signal),
        highest: (plan, ranking) => store.highest(plan, ranking, signal),
        flows: (plan) => store.flows(plan, signal),
        restarts: (from, to) => store.restarts(from, to, signal),
      } satisfies AnswerStore;
    },
    gaps: (from, to) => source.gaps(from, to, signal),
    differences: (from, to) => source.differences(from, to, signal),
  };
}

/** Adds what there is to say of the range: why nothing came of it, and when calls may be missing. */
async function noticed(
  source: AnswerSource,
  query: CdrQuery,
  range: TimeRange,
  answer: Answer,
  isEmpty: boolean
): Promise<Answer> {
  const notices = [
    ...(isEmpty ? await whyEmpty(source.store, query, range) : []),
    ...gapNotices(await source.gaps(range.from, range.to), query.filters, range),
    ...differenceNotices(await source.differences(range.from, range.to), query.filters),
    ...clockOrderNotices(query, source.serversNow()),
  ];
  return withNotices(answer, notices);
}

/** When some calls were; the range that was asked for where none is found. */
function spanOfCalls(calls: readonly StoredCall[], { from, to }: TimeRange): [from: number, to: number] {
  const found = calls.flatMap(({ assembled: { call } }) => call ?? []);
  const start = least(found.flatMap(({ startTime }) => startTime ?? []));
  const end = most(found.flatMap(({ endTime }) => endTime ?? []));
  return [start ?? from, end ?? to];
}

/** One row more than the limit tells whether there are more. */
function selection(query: CdrQuery, range: TimeRange): RowSelection {
  const { filters, limit, offset, sortBy, sortOrder } = query;
  return { from: range.from, to: range.to, filters, limit: limit + 1, offset, sortBy, sortOrder };
}
