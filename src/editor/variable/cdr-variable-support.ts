import {
  CustomVariableSupport,
  FieldType,
  toDataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
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

  override query({ targets, scopedVars }: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    const { field = 'queue', filters } = targets[0] ?? {};
    return from(this.datasource.suggest(field, filters, scopedVars)).pipe(
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
