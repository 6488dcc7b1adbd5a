import type {
  AdHocVariableFilter,
  DataFrame,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceGetTagValuesOptions,
  DataSourceInstanceSettings,
  DataSourceWithLogsContextSupport,
  DataSourceWithSupplementaryQueriesSupport,
  DataSourceWithToggleableQueryFiltersSupport,
  LogRowContextOptions,
  LogRowModel,
  MetricFindValue,
  QueryFilterOptions,
  ScopedVars,
  SupplementaryQueryOptions,
  TestDataSourceResponse,
  TimeRange,
  ToggleFilterAction,
} from '@grafana/data';
import { CoreApp, isTruthy, SupplementaryQueryType } from '@grafana/data';
import {
  config,
  DataSourceWithBackend,
  getGrafanaLiveSrv,
  getTemplateSrv,
  type BackendSrvRequest,
  HealthCheckError,
  HealthStatus,
} from '@grafana/runtime';
import { defer, EMPTY, lastValueFrom, map, merge, of, shareReplay, switchMap, type Observable } from 'rxjs';
import type { BrowserQuestion, BrowserSource } from '../browser-mode/browser-source';
import { openBrowserSource } from '../browser-mode/open-browser-source';
import type { Suggestion } from '../answers/suggest';
import { conditionFields, isSecondsField, secondsFieldNames } from '../cdr/filter-fields';
import type { LiveKind } from '../query/live-path';
import type { CdrQuery, SavedFilters } from '../query/model';
import { parseQuery } from '../query/parse-query';
import type { Text } from '../sentences/sentence';
import { defaultQuery, firstPanelQuery } from '../query/questions';
import { suggestedFields, type SuggestedField } from '../query/variable-query';
import { conditionsOf, withConditions } from './ad-hoc';
import { annotationSupport } from './annotation-support';
import { addDataLinks, type LinkSource } from './data-links';
import { describeQuery } from './describe-query';
import { fieldTitle } from '../say/field-title';
import { isComplete } from './is-complete';
import { liveAddress, type LiveSubscription } from './live-address';
import { liveAnswer } from './live-answer';
import type { FindAddress } from './live-channel';
import { isMixed, readsOn, tailRequest, withMixedNotice } from './live-readers';
import { endsNow, liveRanges, liveStart, rangeNow } from './live-range';
import { contextQuery, contextRange } from './log-context';
import { volumeFrames, volumeQuery } from './log-volume';
import { nameFrames } from './name-frames';
import type { PanelQuery, SettingsJson } from './panel-query';
import { interpolateQuery, resolveTimeZone, withTimeZone, type Interpolate } from './prepare-query';
import { sayErrors } from './say-errors';
import { sayColumns, saySentences } from './say-frame';
import { sayText } from '../say/say-text';
import { hasFilter, toggleFilter } from './toggle-filter';
import { wholeSecondTimes } from './whole-second-times';

/** Glue between Grafana and the server part: it forwards, and continues live queries through Grafana Live. */
export class CdrDataSource
  extends DataSourceWithBackend<PanelQuery, SettingsJson>
  implements
    DataSourceWithLogsContextSupport<PanelQuery>,
    DataSourceWithSupplementaryQueriesSupport<PanelQuery>,
    DataSourceWithToggleableQueryFiltersSupport<PanelQuery>
{
  override annotations = annotationSupport;

  private readonly masksNumbers: boolean;

  private readonly linkSource: LinkSource;
  /** What answers in place of the server part; null where that is chosen. */
  private readonly browser: Observable<BrowserSource> | null;

  constructor(settings: DataSourceInstanceSettings<SettingsJson>) {
    super(settings);
    this.linkSource = { uid: settings.uid, name: settings.name, settings: settings.jsonData };
    this.masksNumbers = (settings.jsonData.maskNumbersFor ?? 'none') !== 'none';
    this.browser = settings.jsonData.mode === 'browser' ? browserSource(settings) : null;
  }

  /** Files come from the server part. */
  get canExport(): boolean {
    return this.browser === null;
  }

  /** A new panel draws time series; Explore shows rows as a table. */
  override getDefaultQuery(app?: CoreApp): Partial<PanelQuery> {
    return app === CoreApp.Explore ? defaultQuery : firstPanelQuery;
  }

  override getQueryDisplayText(query: PanelQuery): string {
    return describeQuery(query);
  }

  override filterQuery(query: PanelQuery): boolean {
    return !query.hide && isComplete(query);
  }

  override applyTemplateVariables(
    query: PanelQuery,
    scopedVars: ScopedVars,
    adHoc: AdHocVariableFilter[] = []
  ): PanelQuery {
    const interpolate: Interpolate = (text, format) => getTemplateSrv().replace(text, scopedVars, format);
    const put = interpolateQuery(resolveTimeZone(query, scopedVars, interpolate), interpolate);
    return adHoc.length === 0 ? put : withConditions(put, conditionsOf(adHoc));
  }

  override query(request: DataQueryRequest<PanelQuery>): Observable<DataQueryResponse> {
    const asked = withTimeZone(request);
    const put = asked.targets.map((target) => this.applyTemplateVariables(target, asked.scopedVars));
    const targets = asked.targets.filter((_, index) => isComplete(put[index]!));
    if (targets.length === 0) {
      return of({ data: [] });
    }
    const name = nameFrames(put);
    // Overrides, transformations and colours of a dashboard find columns and values by what they are called.
    const inWords = (frame: DataFrame): DataFrame => {
      const said = saySentences(frame);
      return request.app === CoreApp.Explore ? sayColumns(said) : said;
    };
    return this.ask({ ...asked, targets }).pipe(
      map(sayErrors),
      map((response) => ({
        ...response,
        data: response.data.flatMap((frame: DataFrame) =>
          volumeFrames(wholeSecondTimes(addDataLinks(inWords(name(frame)), this.linkSource)))
        ),
      }))
    );
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    if (!this.browser) {
      return this.testServer();
    }
    // A server part that listened until now is told with it to stop; there need not be any.
    if (this.meta?.backend) {
      void this.callHealthCheck();
    }
    return lastValueFrom(this.browser.pipe(switchMap((browser) => browser.test())));
  }

  /** What Grafana's own test of a data source does, in the user's language. */
  private async testServer(): Promise<TestDataSourceResponse> {
    const { status, message, details } = await this.callHealthCheck();
    const text = (details as { text?: Text } | undefined)?.text;
    const said = text ? sayText(text) : message;
    if (status === HealthStatus.OK) {
      return { status: 'success', message: said };
    }
    return Promise.reject({ status: 'error', message: said, error: new HealthCheckError(said, details ?? {}) });
  }

  private ask(request: DataQueryRequest<PanelQuery>): Observable<DataQueryResponse> {
    // Grafana asks all queries of a public dashboard's panel at once, as they are saved, and visitors have no live channels.
    if (config.publicDashboardAccessToken) {
      return super.query(request);
    }
    const asked = tailRequest(request);
    const answers = this.browser ? this.askBrowser(this.browser, asked) : this.askServer(asked);
    return isMixed(asked.requestId)
      ? answers.pipe(map((response) => withMixedNotice(response, asked.targets)))
      : answers;
  }

  private askServer(request: DataQueryRequest<PanelQuery>): Observable<DataQueryResponse> {
    const { targets } = request;
    const live = targets.flatMap((target) => {
      const query = this.liveQuery(target, request);
      return query ? [{ target, query }] : [];
    });
    const rest = targets.filter((target) => !live.some((one) => one.target === target));
    return merge(
      rest.length > 0 ? super.query({ ...request, targets: rest }) : EMPTY,
      ...live.map(({ target, query }) =>
        liveRanges(request.range, request.timezone).pipe(
          switchMap((range) => {
            const { refId } = target;
            const start = liveStart(range);
            const findAddress = this.addressFinder({ query, start, intervalMs: request.intervalMs });
            // Grafana cancels a request when another of the same id starts.
            const requestId = `${request.requestId}-${refId}`;
            return liveAnswer({ refId, query, findAddress, start }, getGrafanaLiveSrv(), () =>
              super.query({ ...request, range: rangeNow(range, request.timezone), requestId, targets: [target] })
            );
          })
        )
      )
    );
  }

  private askBrowser(
    browser: Observable<BrowserSource>,
    request: DataQueryRequest<PanelQuery>
  ): Observable<DataQueryResponse> {
    const { intervalMs, timezone, scopedVars, filters } = request;
    const isLive = continues(request) && request.targets.some(({ live }) => live);
    const questions = (range: TimeRange): BrowserQuestion[] =>
      request.targets
        .filter((target) => this.filterQuery(target))
        .map((target) => ({
          refId: target.refId,
          json: this.applyTemplateVariables(target, scopedVars, filters),
          range: { from: range.from.valueOf(), to: range.to.valueOf(), intervalMs },
          live: isLive && target.live ? liveStart(range) : null,
        }));
    const ranges = isLive ? liveRanges(request.range, timezone) : of(request.range);
    return browser.pipe(switchMap((source) => ranges.pipe(switchMap((range) => source.query(questions(range))))));
  }

  toggleQueryFilter(query: PanelQuery, filter: ToggleFilterAction): PanelQuery {
    return toggleFilter(query, filter);
  }

  queryHasFilter(query: PanelQuery, filter: QueryFilterOptions): boolean {
    return hasFilter(query, filter);
  }

  getSupportedSupplementaryQueryTypes(): SupplementaryQueryType[] {
    return [SupplementaryQueryType.LogsVolume];
  }

  getSupplementaryQuery({ type }: SupplementaryQueryOptions, query: PanelQuery): PanelQuery | undefined {
    return type === SupplementaryQueryType.LogsVolume ? volumeQuery(query) : undefined;
  }

  getSupplementaryRequest(
    type: SupplementaryQueryType,
    request: DataQueryRequest<PanelQuery>
  ): DataQueryRequest<PanelQuery> | undefined {
    const targets = request.targets.map((target) => this.getSupplementaryQuery({ type }, target)).filter(isTruthy);
    return targets.length === 0 ? undefined : { ...request, targets };
  }

  async getLogRowContextQuery(
    row: LogRowModel,
    options: LogRowContextOptions = {},
    query?: PanelQuery
  ): Promise<PanelQuery> {
    return contextQuery(row, options, query);
  }

  getLogRowContext(
    row: LogRowModel,
    options: LogRowContextOptions = {},
    query?: PanelQuery
  ): Promise<DataQueryResponse> {
    const request: DataQueryRequest<PanelQuery> = {
      requestId: `log-context-${row.uid}-${options.direction}`,
      app: CoreApp.Explore,
      targets: [contextQuery(row, options, query)],
      range: contextRange(row, options),
      interval: '1s',
      intervalMs: 1000,
      timezone: 'browser',
      scopedVars: options.scopedVars ?? {},
      startTime: Date.now(),
    };
    return lastValueFrom(this.query(request));
  }

  /** Fields of ad hoc filters. */
  override async getTagKeys(): Promise<MetricFindValue[]> {
    const custom = await this.suggest('customFields');
    return [
      ...suggestedFields
        .filter((field) => conditionFields.some((known) => known === field))
        .map((value) => ({ value, text: fieldTitle(value) })),
      ...secondsFieldNames.map((value) => ({ value, text: fieldTitle(value) })),
      ...custom.map(({ value }) => ({ value: `custom.${value}`, text: value })),
    ];
  }

  /** Values of a field of the calls that the other ad hoc filters let through. */
  override async getTagValues(options: DataSourceGetTagValuesOptions<PanelQuery>): Promise<MetricFindValue[]> {
    if (isSecondsField(options.key)) {
      return [];
    }
    const conditions = conditionsOf(options.filters);
    return this.suggest(options.key as SuggestedField, { conditions }, {}, options.timeRange);
  }

  /** Values of calls that pass the filters, variables put in, within a range or ever, most frequent first, and how they are shown. */
  suggest(
    field: SuggestedField | 'customFields',
    filters: SavedFilters = {},
    scopedVars: ScopedVars = {},
    within?: TimeRange
  ): Promise<Suggestion[]> {
    const { filters: plain = {} } = this.applyTemplateVariables({ refId: '', filters }, scopedVars);
    const range = within ? { from: within.from.valueOf(), to: within.to.valueOf() } : null;
    if (this.browser) {
      return lastValueFrom(this.browser.pipe(switchMap((browser) => browser.suggest(field, plain, range))));
    }
    const bounds = range && { from: String(range.from), to: String(range.to) };
    return this.postForm('suggestions', { field, filters: JSON.stringify(plain), ...bounds });
  }

  /** Asks with parameters that may be too long for an address on its way through proxies, of which many allow 8 KiB. */
  postForm<T>(path: string, parameters: Record<string, string>, options: Partial<BackendSrvRequest> = {}): Promise<T> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return this.postResource<T>(path, parameters, { ...options, headers });
  }

  /** The page knows where numbers are masked for nobody; else the server part says what the user may see now. */
  private addressFinder(data: LiveSubscription): FindAddress {
    const ask = async (): Promise<LiveKind> => (await this.getResource<{ kind: LiveKind }>('live-kind')).kind;
    return (isAgain) => {
      const kind = this.masksNumbers || isAgain ? defer(ask) : of<LiveKind>('');
      return kind.pipe(map((found) => liveAddress(this.uid, found, data)));
    };
  }

  /** The complete query, if it continues live: only a range that ends now does, and only from the first row on. */
  private liveQuery(target: PanelQuery, request: DataQueryRequest<PanelQuery>): CdrQuery | null {
    if (!target.live || target.offset || !continues(request) || !getGrafanaLiveSrv()) {
      return null;
    }
    try {
      return parseQuery(this.applyTemplateVariables(target, request.scopedVars, request.filters));
    } catch {
      // The server part answers the same query with the error that the panel shows.
      return null;
    }
  }
}

/** Live updates go to who reads on, of a range that ends now. */
function continues(request: DataQueryRequest<PanelQuery>): boolean {
  return readsOn(request) && endsNow(request.range, Date.now());
}

/** The same for all panels of the page; opened with the first question. */
function browserSource({ uid, jsonData }: DataSourceInstanceSettings<SettingsJson>): Observable<BrowserSource> {
  const grafanaUrl = `${window.location.origin}${config.appSubUrl}`;
  return defer(() => openBrowserSource(uid, jsonData, grafanaUrl)).pipe(shareReplay(1));
}
