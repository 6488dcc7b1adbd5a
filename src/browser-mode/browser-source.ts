import { LoadingState, type DataQueryResponse } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  asyncScheduler,
  combineLatest,
  concatMap,
  delay,
  filter,
  finalize,
  firstValueFrom,
  from,
  interval,
  map,
  merge,
  NEVER,
  of,
  race,
  share,
  startWith,
  switchMap,
  take,
  throttleTime,
  timer,
  type Observable,
} from 'rxjs';
import { connectAmiws, type AmiwsOptions } from '../amiws/connect-amiws';
import type { AmiwsSignal } from '../amiws/keep-connected';
import { answerQuery } from '../answers/answer-query';
import { filterNotices } from '../answers/filter-notice';
import { suggest, type Suggestion } from '../answers/suggest';
import type { TimeRange } from '../answers/answer';
import { withNotices } from '../answers/notice';
import { startAt, type LiveStart } from '../query/live-start';
import type { SavedFilters } from '../query/model';
import { parseQuery } from '../query/parse-query';
import { parseSettings, type CdrSettings } from '../settings/settings';
import type { Range } from '../query/parse-range';
import type { SuggestedField } from '../query/variable-query';
import { amiwsAddress, type Page } from './amiws-address';
import { connectionProblem } from './connection-problem';
import { dataFrameOf } from './data-frame';
import { HeardCalls } from './heard-calls';
import { browserNotices } from './notices';
import { whyRefused, type ReadStatus } from './why-refused';
import { failureText } from '../say/failure-text';

/** One query of a panel, variables put in, and its range. */
export interface BrowserQuestion {
  refId: string;
  /** The query as saved. */
  json: unknown;
  range: TimeRange;
  /** Where the range of a live query, which ends now, begins; null for one that is answered once. */
  live: LiveStart | null;
}

/** What of the browser is needed. */
export interface Browser extends Page {
  openSocket: AmiwsOptions['openSocket'];
  readStatus: ReadStatus;
}

/** The connection outlasts its last panel so long: a dashboard that refreshes once a minute keeps it. Milliseconds. */
const lingerMs = 90_000;
/** A busy PBX must not make a panel draw more often. Milliseconds. */
const drawEvery = 250;
/** What changes with the clock is answered anew with it. Milliseconds. */
const clockMs = 5_000;
/** How long Save & test waits for more PBXes once one is heard. Milliseconds. */
const companyMs = 1_000;
/** How long a first answer waits for the connection to open and a PBX to be heard. Milliseconds. */
const patienceMs = 4_000;

/** The data source without its server part: one connection to amiws for all panels of the page, and what it has heard. */
export class BrowserSource {
  private readonly settings: CdrSettings;
  private readonly heard: HeardCalls;
  /** Ticks when an answer may be another one; keeps the connection open while it is subscribed to. */
  private readonly changes: Observable<unknown>;

  /** @throws Error that names the setting which can't be used */
  constructor(
    jsonData: unknown,
    private readonly browser: Browser
  ) {
    this.settings = parseSettings(jsonData);
    this.heard = new HeardCalls(this.settings);
    this.changes = this.listen();
  }

  /** Answers each query; the live ones go on. */
  query(questions: readonly BrowserQuestion[]): Observable<DataQueryResponse> {
    if (questions.length === 0) {
      return of({ data: [] });
    }
    const once = questions.filter(({ live }) => live === null);
    const live = questions.filter((question) => question.live !== null);
    return merge(
      ...(once.length > 0 ? [this.settled().pipe(switchMap(() => this.answers(once, LoadingState.Done)))] : []),
      ...live.map((question) =>
        merge(this.changes, interval(clockMs)).pipe(
          startWith(null),
          throttleTime(drawEvery, asyncScheduler, { leading: true, trailing: true }),
          switchMap(() => this.answers([question], LoadingState.Streaming)),
          map((response) => ({ ...response, key: `live-${question.refId}` }))
        )
      )
    );
  }

  /** Values of a field of the calls heard so far that pass the filters, the most frequent first. */
  async suggest(
    field: SuggestedField | 'customFields',
    filters: SavedFilters,
    range: Range | null
  ): Promise<Suggestion[]> {
    const { directory, store, businessHours } = this.heard;
    const asked = parseQuery({ queryType: 'calls', filters }).filters;
    return suggest(field, asked, directory, businessHours.hours, async (one, passing) =>
      store.suggest(one, passing, range)
    );
  }

  /** What Save & test says. */
  async test(): Promise<{ status: 'success' | 'error'; message: string }> {
    await firstValueFrom(this.settled().pipe(delay(companyMs)));
    const problem = this.problem();
    if (problem !== null) {
      return { status: 'error', message: problem };
    }
    const up = this.heard.state.serverStatus.filter(({ state }) => state === 'up').map(({ server }) => server);
    return up.length === 0
      ? {
          status: 'error',
          message: t(
            'browser-mode.test.no-pbx',
            'Connected to amiws, but no PBX is heard. Check amihosts in amiws.yaml, and that the AMI user is allowed to log in.'
          ),
        }
      : {
          status: 'success',
          message: t(
            'browser-mode.test.ok',
            'Browser-only mode: this browser hears {{- servers}}. History, alert rules, exports, and number protection ' +
              'require the server part.',
            { servers: up.join(', ') }
          ),
        };
  }

  private listen(): Observable<unknown> {
    const { openSocket } = this.browser;
    const address = amiwsAddress(this.settings, this.browser);
    const signals = this.settings.amiwsUrl === '' ? NEVER : connectAmiws(address, { openSocket, queueStatus: true });
    return signals.pipe(
      concatMap((signal) => this.explained(signal, address)),
      filter((signal) => this.heard.hear(signal)),
      finalize(() => this.heard.stop(Date.now())),
      share({ resetOnRefCountZero: () => timer(lingerMs) })
    );
  }

  /** A browser doesn't know why a connection failed; Grafana's proxy can be asked. */
  private explained(signal: AmiwsSignal, address: string): Observable<AmiwsSignal> {
    if (this.settings.browserAccess === 'direct' || !('reason' in signal) || signal.reason !== 'refused') {
      return of(signal);
    }
    return from(whyRefused(address, this.browser.readStatus)).pipe(map((detail) => ({ ...signal, detail })));
  }

  /** Once it is known whether there is a connection and a PBX behind it, or after a while. */
  private settled(): Observable<unknown> {
    const isSettled = (): boolean => {
      const { connection, serverStatus } = this.heard.state;
      return this.problem() !== null || (connection?.state === 'connected' && serverStatus.length > 0);
    };
    return race(this.changes.pipe(startWith(null), filter(isSettled)), timer(patienceMs)).pipe(take(1));
  }

  private answers(questions: readonly BrowserQuestion[], state: LoadingState): Observable<DataQueryResponse> {
    const now = Date.now();
    return combineLatest(questions.map((question) => from(this.answer(question, now)))).pipe(
      map((responses) => {
        const errors = responses.flatMap(({ errors = [] }) => errors);
        const data = responses.flatMap((response) => response.data);
        return errors.length === 0 ? { state, data } : { state, data, errors };
      })
    );
  }

  private async answer({ refId, json, range, live }: BrowserQuestion, now: number): Promise<DataQueryResponse> {
    const problem = this.problem();
    try {
      const asked = live === null ? range : { ...range, from: startAt(live, now), to: now };
      const answered = await answerQuery(this.heard.answers(now), parseQuery(json), asked);
      const answer = withNotices(answered, filterNotices(json));
      return {
        data: [dataFrameOf(refId, answer, browserNotices(this.heard, this.settings.keepCalls))],
        ...(problem !== null && { errors: [{ refId, message: problem }] }),
      };
    } catch (error) {
      return { data: [], errors: [{ refId, message: failureText(error) }] };
    }
  }

  private problem(): string | null {
    return this.settings.amiwsUrl === ''
      ? t(
          'browser-mode.problem.no-address',
          'No amiws URL is set. Expected an address such as ws://pbx.example.com:8080.'
        )
      : connectionProblem(this.heard);
  }
}
