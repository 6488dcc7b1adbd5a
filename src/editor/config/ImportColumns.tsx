import { t, Trans } from '@grafana/i18n';
import { Button, IconButton, InlineField, Input, Stack } from '@grafana/ui';
import { useState } from 'react';

interface Props {
  place: number;
  /** Asterisk's name of a field, or a custom field's label, to the column. */
  columns: Readonly<Record<string, string>>;
  onChange: (columns: Record<string, string>) => void;
}

/** Columns with a name that is not Asterisk's. */
export function ImportColumns({ place, columns, onChange }: Props) {
  const [field, setField] = useState('');
  const [column, setColumn] = useState('');
  const isComplete = field.trim() !== '' && column.trim() !== '';

  function add(): void {
    onChange({ ...columns, [field.trim()]: column.trim() });
    setField('');
    setColumn('');
  }

  return (
    <>
      {Object.entries(columns).map(([known, name]) => (
        <Stack key={known} alignItems="center">
          <InlineField label={t('config-editor.import.column-of', 'Column of {{- field}}', { field: known })}>
            <Input
              id={`config-import-column-${place}-${known}`}
              width={25}
              value={name}
              onChange={(event) => onChange({ ...columns, [known]: event.currentTarget.value })}
            />
          </InlineField>
          <IconButton
            name="trash-alt"
            aria-label={t('config-editor.import.remove-column', 'Remove column of {{- field}}', { field: known })}
            onClick={() => onChange(Object.fromEntries(Object.entries(columns).filter(([other]) => other !== known)))}
          />
        </Stack>
      ))}
      <Stack wrap="wrap" alignItems="center">
        <InlineField
          label={t('config-editor.import.field', 'Field')}
          tooltip={t(
            'config-editor.import.field-tooltip',
            "Only for a column whose name is not Asterisk's. A field of Asterisk, such as uniqueid, or the label of a custom field"
          )}
        >
          <Input
            id={`config-import-field-${place}`}
            width={20}
            value={field}
            placeholder="uniqueid"
            onChange={(event) => setField(event.currentTarget.value)}
          />
        </InlineField>
        <InlineField label={t('config-editor.import.column', 'Column')}>
          <Input
            id={`config-import-column-${place}`}
            width={20}
            value={column}
            placeholder="unique_id"
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
        </InlineField>
        <Button variant="secondary" icon="plus" disabled={!isComplete} onClick={add}>
          <Trans i18nKey="config-editor.import.add-column">Add column</Trans>
        </Button>
      </Stack>
    </>
  );
}
