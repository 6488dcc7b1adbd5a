import {
  dataFrameFromJSON,
  isLiveChannelMessageEvent,
  isLiveChannelStatusEvent,
  LiveChannelConnectionState,
  LoadingState,
  type DataFrame,
  type DataFrameJSON,
  type DataQueryResponse,
  type LiveChannelEvent,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  asyncScheduler,
  connect,
  distinctUntilChanged,
  EMPTY,
  filter,
  interval,
  map,
  merge,
  mergeMap,
  of,
  scan,
  startWith,
  switchMap,
  takeUntil,
  throttleTime,
  timer,
  type Observable,
} from 'rxjs';
import { clockMs, startAt, type LiveStart } from '../query/live-start';
import type { CdrQuery } from '../query/model';
import { channelEvents, isRefusal, reasonOf, type FindAddress, type LiveService } from './live-channel';
import { callsOf, hasLeft, mergeLiveRows, mergeRules, withoutCalls, type MergeRules } from './merge-live-rows';

/** A query, where its live frames come from, and where its range, which ends now, begins. */
export interface LiveQuestion {
  refId: string;
  query: CdrQuery;
  findAddress: FindAddress;
  start: LiveStart;
}

/** Milliseconds that history waits for the channel, before it is asked without. */
const channelPatience = 500;
/** A busy PBX must not make a panel draw more often. Milliseconds. */
const drawEvery = 250;

type Step =
  | { type: 'asked' }
  | { type: 'history'; response: DataQueryResponse }
  | { type: 'frame'; frame: DataFrame }
  | { type: 'gone'; calls: readonly string[] }
  | { type: 'clock' }
  | { type: 'lost'; reason: string };

interface Answer {
  history?: DataQueryResponse;
  /** History is on its way; what is shown until then is that of before. */
  isAsking: boolean;
  /** What came live since history was asked: rows to merge in, or the whole newer answer. */
  live?: DataFrame;
  /** Calls whose rows in the history that is on its way count no more. */
  gone: ReadonlySet<string>;
  lost?: string;
}

const noRows: DataFrame = { fields: [], length: 0 };
const nothing: Answer = { isAsking: false, gone: new Set() };

/**
 * History, continued by what arrives live. History is asked when the channel is connected, so that no call falls
 * between the two, and again whenever the channel comes back, since a channel keeps nothing for those who were away.
 */
export function liveAnswer(
  question: LiveQuestion,
  live: LiveService,
  askHistory: () => Observable<DataQueryResponse>
): Observable<DataQueryResponse> {
  return channelEvents(live, question.findAddress).pipe(
    connect((events) =>
      merge(
        events.pipe(mergeMap(stepsOf)),
        clock(question),
        momentsToAsk(events).pipe(
          switchMap(() =>
            askHistory().pipe(
              map((response): Step => ({ type: 'history', response })),
              startWith<Step>({ type: 'asked' })
            )
          )
        )
      )
    ),
    scan((answer: Answer, step: Step) => advance(answer, step, question), nothing),
    distinctUntilChanged(),
    filter((answer) => answer.history !== undefined),
    throttleTime(drawEvery, asyncScheduler, { leading: true, trailing: true }),
    map((answer) => responseOf(answer, question))
  );
}

/** Rows leave a range that moves without an event. */
function clock(question: LiveQuestion): Observable<Step> {
  return rulesOf(question) && 'rangeMs' in question.start
    ? interval(clockMs(question.start)).pipe(map((): Step => ({ type: 'clock' })))
    : EMPTY;
}

function momentsToAsk(events: Observable<LiveChannelEvent>): Observable<unknown> {
  const connected = events.pipe(
    filter(isLiveChannelStatusEvent),
    map(({ state }) => state === LiveChannelConnectionState.Connected),
    distinctUntilChanged(),
    filter((isConnected) => isConnected)
  );
  return merge(connected, timer(channelPatience).pipe(takeUntil(connected)));
}

function stepsOf(event: LiveChannelEvent<DataFrameJSON>): Observable<Step> {
  if (isLiveChannelMessageEvent(event)) {
    const frame = dataFrameFromJSON(event.message);
    return of<Step>(
      frame.meta?.custom?.live === 'gone' ? { type: 'gone', calls: callsOf(frame) } : { type: 'frame', frame }
    );
  }
  if (isLiveChannelStatusEvent(event) && event.error) {
    return of<Step>({ type: 'lost', reason: reasonOf(event.error) });
  }
  return of();
}

function advance(answer: Answer, step: Step, question: LiveQuestion): Answer {
  switch (step.type) {
    case 'asked':
      return { history: answer.history && responseOf(answer, question), isAsking: true, gone: new Set() };
    case 'history':
      return { ...answer, history: withoutRows(step.response, answer.gone), isAsking: false, gone: new Set() };
    case 'frame':
      return { ...answer, live: addFrame(answer.live, step.frame, question), lost: undefined };
    case 'gone':
      return leave(answer, step.calls);
    case 'clock':
      return withinRange(answer, question);
    case 'lost':
      return { ...answer, lost: step.reason };
  }
}

function leave(answer: Answer, calls: readonly string[]): Answer {
  const gone = new Set(calls);
  return {
    ...answer,
    history: answer.history && withoutRows(answer.history, gone),
    live: answer.live && withoutCalls(answer.live, gone),
    gone: answer.isAsking ? new Set([...answer.gone, ...gone]) : answer.gone,
  };
}

function withoutRows(response: DataQueryResponse, calls: ReadonlySet<string>): DataQueryResponse {
  const [first, ...others] = response.data as DataFrame[];
  return first && calls.size > 0 ? { ...response, data: [withoutCalls(first, calls), ...others] } : response;
}

function addFrame(earlier: DataFrame | undefined, frame: DataFrame, question: LiveQuestion): DataFrame {
  const rules = rulesOf(question);
  return earlier && rules ? mergeLiveRows(earlier, frame, rules) : frame;
}

function responseOf({ history, live, lost }: Answer, question: LiveQuestion): DataQueryResponse {
  const { refId } = question;
  return {
    ...history,
    key: `live-${refId}`,
    state: LoadingState.Streaming,
    data: continued(history?.data ?? [], live && { ...live, refId }, question),
    ...(lost && { errors: [{ refId, message: lostText(lost) }] }),
  };
}

function lostText(reason: string): string {
  return isRefusal(reason)
    ? t(
        'query.live-refused',
        'No live updates: you, or all users together, have as many live panels open as the data source allows. Close ' +
          "dashboards that you don't look at. The panel tries again every minute."
      )
    : t(
        'query.no-live-updates',
        'No live updates ({{- reason}}); what is shown may be old. Refresh the panel to try again.',
        { reason }
      );
}

/** The same answer where no row has left the range. */
function withinRange(answer: Answer, question: LiveQuestion): Answer {
  const rules = rulesOf(question);
  const [first, ...others] = (answer.history?.data ?? []) as DataFrame[];
  if (!rules || !first || ![first, answer.live].some((frame) => frame && hasLeft(frame, rules))) {
    return answer;
  }
  const cut = (frame: DataFrame): DataFrame => mergeLiveRows(frame, noRows, rules);
  return {
    ...answer,
    history: { ...answer.history!, data: [cut(first), ...others] },
    live: answer.live && cut(answer.live),
  };
}

function continued(history: DataFrame[], live: DataFrame | undefined, question: LiveQuestion): DataFrame[] {
  if (!live) {
    return history;
  }
  const rules = rulesOf(question);
  const [first, ...others] = history;
  return rules && first ? [mergeLiveRows(first, live, rules), ...others] : [live];
}

/** Null for answers that arrive whole. */
function rulesOf({ query, start }: LiveQuestion): MergeRules | null {
  return mergeRules(query, startAt(start, Date.now()));
}
