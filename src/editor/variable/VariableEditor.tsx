import type { QueryEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { InlineField, Stack } from '@grafana/ui';
import { useId } from 'react';
import type { CdrDataSource } from '../../datasource/data-source';
import { fieldTitle } from '../../say/field-title';
import type { PanelQuery, SettingsJson } from '../../datasource/panel-query';
import { suggestedFields, type SuggestedField, type VariableQuery } from '../../query/variable-query';
import { FiltersSection } from '../query/FiltersSection';
import { useCustomFields } from '../query/use-custom-fields';
import { Picker } from '../Picker';

type Props = QueryEditorProps<CdrDataSource, PanelQuery, SettingsJson, VariableQuery>;

/** Which field's values a variable has, and of which calls. */
export function VariableEditor({ query, onChange, datasource }: Props) {
  const id = useId();
  const customFields = useCustomFields(datasource);
  const options = [
    ...suggestedFields.map((value) => ({ value: value as SuggestedField, label: fieldTitle(value) })),
    ...customFields.map((label) => ({ value: `custom.${label}` as const, label })),
  ];
  const field = query.field ?? 'queue';
  return (
    <Stack direction="column" gap={1}>
      <InlineField label={t('variable-editor.field.label', 'Values of')} htmlFor={`${id}-field`}>
        <Picker
          id={`${id}-field`}
          width={30}
          options={options}
          value={field}
          onChange={({ value }) => onChange({ ...query, field: value })}
        />
      </InlineField>
      <FiltersSection
        query={query}
        onChange={({ filters }) => onChange({ ...query, field, filters })}
        onRunQuery={() => undefined}
        datasource={datasource}
        customFields={customFields}
      />
    </Stack>
  );
}
