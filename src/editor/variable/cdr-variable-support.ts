import {
  CustomVariableSupport,
  FieldType,
  toDataFrame,
  VariableRefresh,
  type DataQueryRequest,
  type DataQueryResponse,
  type ScopedVars,
} from '@grafana/data';
import { from, map, type Observable } from 'rxjs';
import type { CdrDataSource } from '../../datasource/data-source';
import type { VariableQuery } from '../../query/variable-query';
import { VariableEditor } from './VariableEditor';

/** Template variables whose values come from the calls in the store. */
export class CdrVariableSupport extends CustomVariableSupport<CdrDataSource, VariableQuery> {
  override editor = VariableEditor;

  constructor(private readonly datasource: CdrDataSource) {
    super();
  }

  override query({ targets, scopedVars, range }: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    const { field = 'queue', filters } = targets[0] ?? {};
    const within = followsTimeRange(scopedVars) ? range : undefined;
    return from(this.datasource.suggest(field, filters, scopedVars, within)).pipe(
      map((found) => ({
        data: [
          toDataFrame({
            fields: [
              { name: 'text', type: FieldType.string, values: found.map(({ text }) => text) },
              { name: 'value', type: FieldType.string, values: found.map(({ value }) => value) },
            ],
          }),
        ],
      }))
    );
  }
}

/**
 * Whether the variable is refreshed on time range change. One that is refreshed on dashboard load alone would keep the values of a
 * range that is shown no more. Grafana hands over the variable itself (@grafana/scenes, QueryVariable.ts, `getRequest`).
 */
function followsTimeRange({ __sceneObject: variable }: ScopedVars): boolean {
  const { state } = (variable?.value as SceneVariable | undefined)?.valueOf?.() ?? {};
  return state?.refresh === VariableRefresh.onTimeRangeChanged;
}

interface SceneVariable {
  valueOf?: () => { state?: { refresh?: VariableRefresh } };
}
