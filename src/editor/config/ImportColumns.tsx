import { t, Trans } from '@grafana/i18n';
import { Button, Field, Input } from '@grafana/ui';
import { useState } from 'react';
import { FieldGrid } from './FieldGrid';

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
      <FieldGrid>
        {Object.entries(columns).map(([known, name]) => (
          <Field key={known} label={t('config-editor.import.column-of', 'Column of {{- field}}', { field: known })}>
            <Input
              id={`config-import-column-${place}-${known}`}
              value={name}
              onChange={(event) => onChange({ ...columns, [known]: event.currentTarget.value })}
              addonAfter={
                <Button
                  variant="secondary"
                  icon="trash-alt"
                  aria-label={t('config-editor.import.remove-column', 'Remove column of {{- field}}', { field: known })}
                  onClick={() =>
                    onChange(Object.fromEntries(Object.entries(columns).filter(([other]) => other !== known)))
                  }
                />
              }
            />
          </Field>
        ))}
      </FieldGrid>
      <FieldGrid>
        <Field
          label={t('config-editor.import.field', 'Field')}
          description={t(
            'config-editor.import.field-description',
            "Add only columns that don't have the name that Asterisk uses. Enter a field of Asterisk, such as uniqueid, or the label of a custom field."
          )}
        >
          <Input
            id={`config-import-field-${place}`}
            value={field}
            placeholder="uniqueid"
            onChange={(event) => setField(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('config-editor.import.column', 'Column')}>
          <Input
            id={`config-import-column-${place}`}
            value={column}
            placeholder="unique_id"
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
        </Field>
      </FieldGrid>
      <Button variant="secondary" icon="plus" disabled={!isComplete} onClick={add}>
        <Trans i18nKey="config-editor.import.add-column">Add column</Trans>
      </Button>
    </>
  );
}
