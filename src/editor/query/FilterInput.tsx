import { t } from '@grafana/i18n';
import type { SavedFilters } from '../../query/model';
import type { CdrDataSource } from '../../datasource/data-source';
import { DraftInput } from '../DraftInput';
import { isPart, isSeconds, partsOf, partsText, type FilterName } from './filters';
import { ValuesFilterInput } from './ValuesFilterInput';

interface Props {
  id: string;
  name: FilterName;
  filters: SavedFilters;
  onChange: (value: string | number | string[] | undefined) => void;
  datasource: Pick<CdrDataSource, 'suggest'>;
}

/** The input that the kind of filter asks for. */
export function FilterInput({ id, name, filters, onChange, datasource }: Props) {
  if (isPart(name)) {
    return (
      <DraftInput
        id={id}
        width={20}
        placeholder={t('query-editor.filters.contains', 'contains one of: 030, 040')}
        value={partsText(filters[name])}
        onCommit={(text) => onChange(partsOf(text))}
      />
    );
  }
  if (isSeconds(name)) {
    return (
      <DraftInput
        id={id}
        width={14}
        suffix="s"
        value={String(filters[name] ?? '')}
        onCommit={(text) => onChange(secondsOf(text))}
      />
    );
  }
  return <ValuesFilterInput id={id} name={name} filters={filters} onChange={onChange} datasource={datasource} />;
}

/** Whole seconds, or a text that holds a variable; undefined for an empty field. */
function secondsOf(text: string): number | string | undefined {
  const seconds = Number(text);
  return text.trim() === '' ? undefined : Number.isNaN(seconds) ? text.trim() : Math.max(0, Math.round(seconds));
}
