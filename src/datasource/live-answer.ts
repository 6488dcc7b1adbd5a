import {
  dataFrameFromJSON,
  isLiveChannelMessageEvent,
  isLiveChannelStatusEvent,
  LiveChannelConnectionState,
  LoadingState,
  type DataFrame,
  type DataFrameJSON,
  type DataQueryResponse,
  type LiveChannelAddress,
  type LiveChannelEvent,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  asyncScheduler,
  connect,
  distinctUntilChanged,
  filter,
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
import { startAt, type LiveStart } from '../query/live-start';
import type { CdrQuery } from '../query/model';
import { mergeLiveRows, mergeRules, type MergeRules } from './merge-live-rows';

/** A query, where its live frames come from, and where its range, which ends now, begins. */
export interface LiveQuestion {
  refId: string;
  query: CdrQuery;
  address: LiveChannelAddress;
  start: LiveStart;
}

/** The part of Grafana's Live service that is needed. */
export interface LiveService {
  getStream: <T>(address: LiveChannelAddress) => Observable<LiveChannelEvent<T>>;
}

/** Milliseconds that history waits for the channel, before it is asked without. */
const channelPatience = 500;
/** A busy PBX must not make a panel draw more often. Milliseconds. */
const drawEvery = 250;

type Step =
  | { type: 'asked' }
  | { type: 'history'; response: DataQueryResponse }
  | { type: 'frame'; frame: DataFrame }
  | { type: 'lost'; reason: string };

interface Answer {
  history?: DataQueryResponse;
  /** What came live since history was asked: rows to merge in, or the whole newer answer. */
  live?: DataFrame;
  lost?: string;
}

/**
 * History, continued by what arrives live. History is asked when the channel is connected, so that no call falls
 * between the two, and again whenever the channel comes back, since a channel keeps nothing for those who were away.
 */
export function liveAnswer(
  question: LiveQuestion,
  live: LiveService,
  askHistory: () => Observable<DataQueryResponse>
): Observable<DataQueryResponse> {
  return live.getStream<DataFrameJSON>(question.address).pipe(
    connect((events) =>
      merge(
        events.pipe(mergeMap(stepsOf)),
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
    scan((answer: Answer, step: Step) => advance(answer, step, question), {}),
    filter((answer) => answer.history !== undefined),
    throttleTime(drawEvery, asyncScheduler, { leading: true, trailing: true }),
    map((answer) => responseOf(answer, question))
  );
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
    return of<Step>({ type: 'frame', frame: dataFrameFromJSON(event.message) });
  }
  if (isLiveChannelStatusEvent(event) && event.error) {
    return of<Step>({ type: 'lost', reason: reasonOf(event.error) });
  }
  return of();
}

/** Grafana Live gives a text, or an error of its WebSocket client. */
function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function advance(answer: Answer, step: Step, question: LiveQuestion): Answer {
  switch (step.type) {
    case 'asked':
      return { history: answer.history && responseOf(answer, question) };
    case 'history':
      return { ...answer, history: step.response };
    case 'frame':
      return { ...answer, live: addFrame(answer.live, step.frame, question), lost: undefined };
    case 'lost':
      return { ...answer, lost: step.reason };
  }
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
    data: live ? continued(history?.data ?? [], { ...live, refId }, question) : (history?.data ?? []),
    ...(lost && {
      errors: [
        {
          refId,
          message: t(
            'query.no-live-updates',
            'No live updates ({{- reason}}); what is shown may be old. Refresh the panel to try again.',
            { reason: lost }
          ),
        },
      ],
    }),
  };
}

function continued(history: DataFrame[], live: DataFrame, question: LiveQuestion): DataFrame[] {
  const rules = rulesOf(question);
  const [first, ...others] = history;
  return rules && first ? [mergeLiveRows(first, live, rules), ...others] : [live];
}

/** Null for answers that arrive whole. */
function rulesOf({ query, start }: LiveQuestion): MergeRules | null {
  return mergeRules(query, startAt(start, Date.now()));
}
