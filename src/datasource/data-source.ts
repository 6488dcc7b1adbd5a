import type { DataQueryRequest, DataQueryResponse, DataSourceInstanceSettings, ScopedVars } from '@grafana/data';
import { DataSourceWithBackend, getGrafanaLiveSrv, getTemplateSrv } from '@grafana/runtime';
import { EMPTY, merge, type Observable } from 'rxjs';
import type { CdrFilters } from '../cdr/filters';
import type { CdrQuery } from '../query/model';
import { parseQuery } from '../query/parse-query';
import { defaultQuery } from '../query/questions';
import { describeQuery } from './describe-query';
import { isComplete } from './is-complete';
import { liveAddress } from './live-address';
import { liveAnswer } from './live-answer';
import type { PanelQuery, SettingsJson } from './panel-query';
import { interpolateQuery, resolveTimeZone } from './prepare-query';

/** What values can be suggested for: a filter, a custom field, or the labels of the custom fields. */
export type SuggestionField =
  | Exclude<keyof CdrFilters, 'linkedId' | 'minDuration' | 'maxDuration' | 'custom'>
  | `custom.${string}`
  | 'customFields';

/** Glue between Grafana and the server part: it forwards, and continues live queries through Grafana Live. */
export class CdrDataSource extends DataSourceWithBackend<PanelQuery, SettingsJson> {
  constructor(settings: DataSourceInstanceSettings<SettingsJson>) {
    super(settings);
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

  override applyTemplateVariables(query: PanelQuery, scopedVars: ScopedVars): PanelQuery {
    return interpolateQuery(query, (text, format) => getTemplateSrv().replace(text, scopedVars, format));
  }

  override query(request: DataQueryRequest<PanelQuery>): Observable<DataQueryResponse> {
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
            address: liveAddress(this.uid, query, request),
            rangeMs: request.range.to.valueOf() - request.range.from.valueOf(),
          },
          getGrafanaLiveSrv(),
          // Grafana cancels a request when another of the same id starts.
          () => super.query({ ...request, requestId: `${request.requestId}-${target.refId}`, targets: [target] })
        )
      )
    );
  }

  /** Values in the store that pass the filters, variables put in, most frequent first. */
  suggest(field: SuggestionField, filters: CdrFilters = {}): Promise<string[]> {
    const { filters: plain } = this.applyTemplateVariables({ refId: '', filters }, {});
    return this.getResource<string[]>('suggestions', { field, filters: JSON.stringify(plain) });
  }

  /** The complete query, if it continues live: only a range that ends now does, and only from the first row on. */
  private liveQuery(target: PanelQuery, request: DataQueryRequest<PanelQuery>): CdrQuery | null {
    if (!target.live || target.offset || request.range.raw.to !== 'now' || !getGrafanaLiveSrv()) {
      return null;
    }
    try {
      return parseQuery(this.applyTemplateVariables(target, request.scopedVars));
    } catch {
      // The server part answers the same query with the error that the panel shows.
      return null;
    }
  }
}
