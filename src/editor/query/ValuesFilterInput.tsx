import { t } from '@grafana/i18n';
import type { SavedFilters } from '../../query/model';
import type { CdrDataSource } from '../../datasource/data-source';
import { valueText } from '../../say/value-text';
import { ChipsInput } from './ChipsInput';
import { valuesOf, type ValuesFilter } from './filters';
import { useSuggestions } from './use-suggestions';
import { useValueTexts } from './use-value-texts';

interface Props {
  id: string;
  name: ValuesFilter;
  filters: SavedFilters;
  onChange: (values: string[]) => void;
  datasource: Pick<CdrDataSource, 'suggest'>;
}

/** Accepted values as chips, suggested from the store; others, variables included, can be typed. */
export function ValuesFilterInput({ id, name, filters, onChange, datasource }: Props) {
  const loadOptions = useSuggestions(datasource, name, filters);
  const values = valuesOf(filters, name);
  const texts = useValueTexts(datasource, name, values.length > 0);
  return (
    <ChipsInput
      id={id}
      width={40}
      options={loadOptions}
      createCustomValue
      isClearable
      placeholder={t('query-editor.filters.any', 'Any')}
      value={values.map((value) => ({ value, label: texts.get(value) ?? valueText(name, value) }))}
      onChange={onChange}
    />
  );
}
