import type {
  AdHocVariableFilter,
  DataFrame,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceGetTagValuesOptions,
  DataSourceInstanceSettings,
  LiveChannelAddress,
  MetricFindValue,
  ScopedVars,
  TestDataSourceResponse,
} from '@grafana/data';
import { config, DataSourceWithBackend, getGrafanaLiveSrv, getTemplateSrv } from '@grafana/runtime';
import { defer, EMPTY, lastValueFrom, map, merge, shareReplay, switchMap, type Observable } from 'rxjs';
import type { BrowserSource } from '../browser-mode/browser-source';
import { openBrowserSource } from '../browser-mode/open-browser-source';
import type { CdrFilters } from '../cdr/filters';
import type { CdrQuery } from '../query/model';
import type { MaskNumbersFor } from '../settings/number-access';
import { personRole } from '../settings/person-role';
import { parseQuery } from '../query/parse-query';
import { defaultQuery } from '../query/questions';
import { suggestedFields, type SuggestedField } from '../query/variable-query';
import { conditionsOf } from './ad-hoc';
import { annotationSupport } from './annotation-support';
import { addDataLinks, type LinkSource } from './data-links';
import { describeQuery } from './describe-query';
import { fieldTitle } from './field-title';
import { isComplete } from './is-complete';
import { liveAddress } from './live-address';
import { liveAnswer } from './live-answer';
import { endsNow, liveStart } from './live-range';
import type { PanelQuery, SettingsJson } from './panel-query';
import { interpolateQuery, resolveTimeZone } from './prepare-query';

/** Glue between Grafana and the server part: it forwards, and continues live queries through Grafana Live. */
export class CdrDataSource extends DataSourceWithBackend<PanelQuery, SettingsJson> {
  override annotations = annotationSupport;

  private readonly maskNumbersFor: MaskNumbersFor | undefined;

  private readonly linkSource: LinkSource;
  /** What answers in place of the server part; null where that is chosen. */
  private readonly browser: Observable<BrowserSource> | null;

  constructor(settings: DataSourceInstanceSettings<SettingsJson>) {
    super(settings);
    this.linkSource = { uid: settings.uid, name: settings.name, settings: settings.jsonData };
    this.maskNumbersFor = settings.jsonData.maskNumbersFor;
    this.browser = settings.jsonData.mode === 'browser' ? browserSource(settings) : null;
  }

  /** Files come from the server part. */
  get canExport(): boolean {
    return this.browser === null;
  }

  override getDefaultQuery(): Partial<PanelQuery> {
    return defaultQuery;
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
    const put = interpolateQuery(query, (text, format) => getTemplateSrv().replace(text, scopedVars, format));
    return adHoc.length === 0 ? put : { ...put, filters: { ...put.filters, conditions: conditionsOf(adHoc) } };
  }

  override query(request: DataQueryRequest<PanelQuery>): Observable<DataQueryResponse> {
    const answers = this.browser ? this.askBrowser(this.browser, request) : this.askServer(request);
    return answers.pipe(
      map((response) => ({
        ...response,
        data: response.data.map((frame: DataFrame) => addDataLinks(frame, this.linkSource)),
      }))
    );
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    if (!this.browser) {
      return super.testDatasource();
    }
    // A server part that listened until now is told with it to stop; there need not be any.
    if (this.meta?.backend) {
      void this.callHealthCheck();
    }
    return lastValueFrom(this.browser.pipe(switchMap((browser) => browser.test())));
  }

  private askServer(request: DataQueryRequest<PanelQuery>): Observable<DataQueryResponse> {
    const targets = request.targets.map((target) => resolveTimeZone(target, request.timezone));
    const live = targets.flatMap((target) => {
      const query = this.liveQuery(target, request);
      return query ? [{ target, query }] : [];
    });
    const rest = targets.filter((target) => !live.some((one) => one.target === target));
    return merge(
      rest.length > 0 ? super.query({ ...request, targets: rest }) : EMPTY,
      ...live.map(({ target, query }) =>
        liveAnswer(
          {
            refId: target.refId,
            query,
            address: this.addressOf(query, request),
            start: liveStart(request.range),
          },
          getGrafanaLiveSrv(),
          // Grafana cancels a request when another of the same id starts.
          () => super.query({ ...request, requestId: `${request.requestId}-${target.refId}`, targets: [target] })
        )
      )
    );
  }

  private askBrowser(
    browser: Observable<BrowserSource>,
    request: DataQueryRequest<PanelQuery>
  ): Observable<DataQueryResponse> {
    const { range, intervalMs, timezone, scopedVars, filters } = request;
    const live = endsNow(range, Date.now()) ? liveStart(range) : null;
    const questions = request.targets
      .filter((target) => this.filterQuery(target))
      .map((target) => ({
        refId: target.refId,
        json: this.applyTemplateVariables(resolveTimeZone(target, timezone), scopedVars, filters),
        range: { from: range.from.valueOf(), to: range.to.valueOf(), intervalMs },
        live: target.live ? live : null,
      }));
    return browser.pipe(switchMap((source) => source.query(questions)));
  }

  /** Fields of ad hoc filters. */
  override async getTagKeys(): Promise<MetricFindValue[]> {
    const custom = await this.suggest('customFields');
    return [
      ...suggestedFields.map((value) => ({ value, text: fieldTitle(value) })),
      { value: 'duration', text: fieldTitle('duration') },
      ...custom.map((label) => ({ value: `custom.${label}`, text: label })),
    ];
  }

  /** Values of a field of the calls that the other ad hoc filters let through. */
  override async getTagValues(options: DataSourceGetTagValuesOptions<PanelQuery>): Promise<MetricFindValue[]> {
    if (options.key === 'duration') {
      return [];
    }
    const conditions = conditionsOf(options.filters);
    const values = await this.suggest(options.key as SuggestedField, { conditions });
    return values.map((text) => ({ text }));
  }

  /** Values in the store that pass the filters, variables put in, most frequent first. */
  suggest(
    field: SuggestedField | 'customFields',
    filters: CdrFilters = {},
    scopedVars: ScopedVars = {}
  ): Promise<string[]> {
    const { filters: plain = {} } = this.applyTemplateVariables({ refId: '', filters }, scopedVars);
    if (this.browser) {
      return lastValueFrom(this.browser.pipe(switchMap((browser) => browser.suggest(field, plain))));
    }
    return this.getResource<string[]>('suggestions', { field, filters: JSON.stringify(plain) });
  }

  private addressOf(query: CdrQuery, { range, intervalMs }: DataQueryRequest<PanelQuery>): LiveChannelAddress {
    const { login = '', name = '', email = '', orgRole = '' } = config.bootData?.user ?? {};
    const role = personRole({ login, name, email, role: orgRole });
    return liveAddress(this.uid, query, liveStart(range), intervalMs, { maskNumbersFor: this.maskNumbersFor, role });
  }

  /** The complete query, if it continues live: only a range that ends now does, and only from the first row on. */
  private liveQuery(target: PanelQuery, request: DataQueryRequest<PanelQuery>): CdrQuery | null {
    if (!target.live || target.offset || !endsNow(request.range, Date.now()) || !getGrafanaLiveSrv()) {
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

/** The same for all panels of the page; opened with the first question. */
function browserSource({ uid, jsonData }: DataSourceInstanceSettings<SettingsJson>): Observable<BrowserSource> {
  const grafanaUrl = `${window.location.origin}${config.appSubUrl}`;
  return defer(() => openBrowserSource(uid, jsonData, grafanaUrl)).pipe(shareReplay(1));
}
