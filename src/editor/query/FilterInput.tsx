import { t } from '@grafana/i18n';
import type { CdrFilters } from '../../cdr/filters';
import type { CdrDataSource } from '../../datasource/data-source';
import { DraftInput } from '../DraftInput';
import { NumberInput } from '../NumberInput';
import { isContains, isSeconds, type FilterName } from './filters';
import { ValuesFilterInput } from './ValuesFilterInput';

interface Props {
  id: string;
  name: FilterName;
  filters: CdrFilters;
  onChange: (value: string | number | string[] | undefined) => void;
  datasource: Pick<CdrDataSource, 'suggest'>;
}

/** The input that the kind of filter asks for. */
export function FilterInput({ id, name, filters, onChange, datasource }: Props) {
  if (isContains(name)) {
    return (
      <DraftInput
        id={id}
        width={20}
        placeholder={t('query-editor.filters.contains', 'contains')}
        value={filters[name] ?? ''}
        onCommit={onChange}
      />
    );
  }
  if (isSeconds(name)) {
    return <NumberInput id={id} min={0} suffix="s" value={filters[name]} onChange={onChange} />;
  }
  return <ValuesFilterInput id={id} name={name} filters={filters} onChange={onChange} datasource={datasource} />;
}
