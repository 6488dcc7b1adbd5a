import { t, Trans } from '@grafana/i18n';
import { Button, Field, Input, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { directoryKinds, type DirectoryKind } from '../../cdr/directory';
import type { SavedDirectoryEntry } from '../../settings/directory-settings';
import { DraftInput } from '../DraftInput';
import { Picker } from '../Picker';
import { Entry } from './Entry';
import { FieldGrid } from './FieldGrid';
import { RemoveButton } from './RemoveButton';

interface Props {
  directory: readonly SavedDirectoryEntry[];
  onChange: (directory: SavedDirectoryEntry[]) => void;
}

/** Entries that are on the page at once; the search finds the others. */
const shownAtOnce = 25;

const kindTexts: Readonly<Record<DirectoryKind, () => string>> = {
  agent: () => t('config-editor.directory.kind-agent', 'Agent'),
  queue: () => t('config-editor.directory.kind-queue', 'Queue'),
  number: () => t('config-editor.directory.kind-number', 'Number'),
  trunk: () => t('config-editor.directory.kind-trunk', 'Trunk'),
};

/** The entries that a search finds, to be changed; the ones added last come first. */
export function DirectoryRows({ directory, onChange }: Props) {
  const [search, setSearch] = useState('');
  const found = directory
    .map((entry, place) => ({ entry, place }))
    .filter(({ entry: { id = '', name = '', teams = [] } }) =>
      [id, name, ...teams].some((text) => String(text).toLowerCase().includes(search.toLowerCase()))
    )
    .reverse();
  return (
    <>
      <Stack wrap="wrap" alignItems="center">
        <Input
          id="config-directory-search"
          aria-label={t('config-editor.directory.search', 'Search names and teams')}
          placeholder={t('config-editor.directory.search', 'Search names and teams')}
          width={40}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Text color="secondary">
          {t('config-editor.directory.count', '{{found, number}} of {{all, number}} entries', {
            found: found.length,
            all: directory.length,
          })}
        </Text>
        <Button
          variant="secondary"
          icon="plus"
          onClick={() => {
            setSearch('');
            onChange([...directory, { kind: 'agent', id: '', name: '', teams: [] }]);
          }}
        >
          <Trans i18nKey="config-editor.directory.add">Add name</Trans>
        </Button>
      </Stack>
      {found.slice(0, shownAtOnce).map(({ entry, place }) => (
        <DirectoryRow
          key={place}
          place={place}
          entry={entry}
          onChange={(changes) => onChange(directory.with(place, { ...entry, ...changes }))}
          onRemove={() => onChange(directory.toSpliced(place, 1))}
        />
      ))}
      {found.length > shownAtOnce && (
        <Text color="secondary">
          {t('config-editor.directory.more', '{{more, number}} more: search for them.', {
            more: found.length - shownAtOnce,
          })}
        </Text>
      )}
    </>
  );
}

interface RowProps {
  place: number;
  entry: SavedDirectoryEntry;
  onChange: (changes: SavedDirectoryEntry) => void;
  onRemove: () => void;
}

function DirectoryRow({ place, entry, onChange, onRemove }: RowProps) {
  const { kind = 'agent', id = '', name = '', teams = [] } = entry;
  const number = place + 1;
  return (
    <Entry
      title={t('config-editor.directory.entry', 'Name {{- number}}', { number })}
      actions={
        <RemoveButton
          label={t('config-editor.directory.remove', 'Remove name {{- number}}', { number })}
          onClick={onRemove}
        />
      }
    >
      <FieldGrid>
        <Field label={t('config-editor.directory.kind', 'Kind')}>
          <Picker
            id={`config-directory-kind-${place}`}
            options={directoryKinds.map((value) => ({ value, label: kindTexts[value]() }))}
            value={kind}
            onChange={({ value }) => onChange({ kind: value })}
          />
        </Field>
        <Field label={t('config-editor.directory.id', 'Number or queue')}>
          <DraftInput
            id={`config-directory-id-${place}`}
            placeholder="1001"
            value={String(id)}
            onCommit={(text) => onChange({ id: text.trim() })}
          />
        </Field>
        <Field label={t('config-editor.directory.name', 'Name')}>
          <DraftInput
            id={`config-directory-name-${place}`}
            placeholder="Alice Miller"
            value={name}
            onCommit={(text) => onChange({ name: text.trim() })}
          />
        </Field>
        {kind === 'agent' && (
          <Field label={t('config-editor.directory.teams', 'Teams, separated by commas')}>
            <DraftInput
              id={`config-directory-teams-${place}`}
              placeholder="Front desk, Night shift"
              value={[teams].flat().join(', ')}
              onCommit={(text) =>
                onChange({
                  teams: text
                    .split(',')
                    .map((team) => team.trim())
                    .filter(Boolean),
                })
              }
            />
          </Field>
        )}
      </FieldGrid>
    </Entry>
  );
}
