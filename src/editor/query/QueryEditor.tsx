import type { QueryEditorProps } from '@grafana/data';
import { Combobox, InlineField } from '@grafana/ui';
import type { CdrDataSource } from '../../datasource/data-source';
import type { PanelQuery, SettingsJson } from '../../datasource/panel-query';
import { questionById, questionOf, questions } from '../../query/questions';

export function QueryEditor({
  query,
  onChange,
  onRunQuery,
}: QueryEditorProps<CdrDataSource, PanelQuery, SettingsJson>) {
  return (
    <InlineField label="Question">
      <Combobox
        options={questions.map(({ id, label, description }) => ({ value: id, label, description }))}
        value={questionOf(query)}
        onChange={({ value }) => {
          onChange({ ...query, ...questionById(value).preset });
          onRunQuery();
        }}
      />
    </InlineField>
  );
}
