import { mostContacts } from '../../answers/answer-bounds';
import { passesBy } from '../../cdr/filters';
import type { DataQuery, DataRequest, DataResponse, PluginError } from '../../plugin-protocol/plugin';
import type { Answer } from '../../answers/answer';
import { AnswerBudget } from '../../answers/answer-budget';
import { answerQuery } from '../../answers/answer-query';
import { filterNotices } from '../../answers/filter-notice';
import { notice, withNotices } from '../../answers/notice';
import type { CdrQuery } from '../../query/model';
import { parseQuery } from '../../query/parse-query';
import type { Answering } from '../sources/roles';
import { sentence, type Text } from '../../sentences/sentence';
import { isHeardByOthers } from '../../settings/store-settings';
import { Refusal } from '../refusal';
import { isAdmin } from './is-admin';
import { numberView } from './number-view';
import { RowsAtOnce } from './rows-at-once';
import { shownError } from './shown-error';
import { zoneNotices } from './zone-notice';

/** Queries of one request; a panel has a few. */
const maxQueries = 100;
const rowsAtOnce = new RowsAtOnce();

/** Answers every query of a request, one that fails not harming the others. */
export async function queryData(
  source: Answering,
  request: DataRequest,
  signal: AbortSignal
): Promise<Map<string, DataResponse>> {
  checkCount(request.queries.length);
  const budget = new AnswerBudget();
  const answers = await Promise.all(
    request.queries.map(async (query) => [query.refId, await respond(source, request, query, budget, signal)] as const)
  );
  return new Map(answers);
}

function checkCount(queries: number): void {
  if (queries > maxQueries) {
    throw new Refusal([sentence('query.bound.queries', { queries, most: maxQueries })], 'downstream');
  }
}

async function respond(
  source: Answering,
  request: DataRequest,
  query: DataQuery,
  budget: AnswerBudget,
  signal: AbortSignal
): Promise<DataResponse> {
  const isAlert = request.headers.fromalert === 'true';
  // What an alert rule says goes out in notifications.
  const forAdmin = isAdmin(request.context) && !isAlert;
  try {
    const { from, to, intervalMs } = query;
    const view = numberView(source, request.context, isAlert);
    const asked = view.query(parseQuery(query.json));
    // What is asked of a PBX that went silent is whether it did.
    if (isAlert && asked.queryType !== 'servers') {
      mustBeHeard(source, asked);
    }
    const answer = await rowsAtOnce.run(rowsOf(asked), signal, async () => {
      budget.check();
      const answered = await answerQuery(source.answers, asked, { from, to, intervalMs }, signal);
      const found = withNotices(answered, [...filterNotices(query.json), ...zoneNotices(query.json, asked)]);
      await budget.spend(found);
      return view.answer(found);
    });
    return { frames: [withStoreNotice(source, answer, forAdmin)] };
  } catch (error) {
    signal.throwIfAborted();
    return { frames: [], error: shownError(error, forAdmin, (failure) => source.problemOf(failure)) };
  }
}

/** Rows that a question may read of a store. */
function rowsOf({ queryType, limit }: CdrQuery): number {
  switch (queryType) {
    case 'records':
    case 'calls':
    case 'repeatedCallers':
      return limit;
    case 'lostCallers':
      return mostContacts;
    default:
      return 0;
  }
}

const newestMissing = sentence('notice.store.newest-missing');
const askAdmin = sentence('notice.ask-admin');

/** What is stored can be shown while the store takes nothing more. */
function withStoreNotice({ storeProblem, waiting }: Answering, answer: Answer, forAdmin: boolean): Answer {
  if (storeProblem === null) {
    return answer;
  }
  const reason = forAdmin ? storeProblem : [askAdmin];
  const inMemory = sentence('notice.store.waiting', { records: waiting });
  return withNotices(answer, [notice('warning', newestMissing, ...reason, inMemory)]);
}

/** By what is listened to. */
const notConnected = { amiws: 'alert.no-amiws', ami: 'alert.no-pbx', both: 'alert.no-connection' } as const;

/** An alert rule must not read silence as "no missed calls". */
function mustBeHeard(source: Answering, { filters }: CdrQuery): void {
  if (source.storeProblem !== null) {
    throw unknownNow(newestMissing, askAdmin);
  }
  const asked = source.serversNow().filter(({ server }) => passesBy(filters, { server }));
  // Another Grafana that shares the store may hear it.
  if (!source.state.isConnected && asked.every(({ state }) => state === 'down')) {
    throw isHeardByOthers(source.settings.store)
      ? unknownNow(sentence('alert.no-grafana'), sentence('alert.no-grafana-advice'))
      : unknownNow(sentence(notConnected[source.settings.connection]), askAdmin);
  }
  if (asked.length > 0 && asked.every(({ state }) => state === 'down')) {
    const servers = asked.map(({ server, silentSeconds }) =>
      sentence('notice.now.silent', { server, seconds: silentSeconds })
    );
    throw unknownNow(sentence('alert.silent', { servers }), sentence('alert.silent-advice'));
  }
}

function unknownNow(...why: Text): PluginError {
  return new Refusal(why, 'downstream', 503);
}
