import { t, Trans } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, FileUpload, Stack } from '@grafana/ui';
import { useState } from 'react';
import { firstValueFrom } from 'rxjs';
import { decodeText } from '../../cdr/decode-text';
import { sayText } from '../../say/say-text';
import type { Text as Message } from '../../sentences/sentence';
import { readDirectoryCsv } from '../../settings/directory-csv';
import { mostEntries, type ReadDirectory, type SavedDirectoryEntry } from '../../settings/directory-settings';
import type { SavedImport } from '../../settings/import-settings';
import { mergeDirectory } from '../../settings/merge-directory';
import { failureText } from '../../say/failure-text';
import { problemTexts } from './directory-problem-text';
import { fileBytes } from './file-bytes';

interface Props {
  directory: readonly SavedDirectoryEntry[];
  imports: ReadonlyArray<SavedImport | null>;
  uid: string;
  onChange: (directory: SavedDirectoryEntry[]) => void;
}

/** What the server part read of a FreePBX. */
interface FreePbxDirectory extends ReadDirectory {
  failed: Array<{ table: string; message: Message }>;
}

interface Outcome {
  severity: 'success' | 'warning' | 'error';
  title: string;
  details: string[];
}

/** Adds names from a CSV file, or from the FreePBX of a saved import. */
export function DirectoryImport({ directory, imports, uid, onChange }: Props) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  function add({ entries, problems }: ReadDirectory, more: string[] = []): void {
    onChange(mergeDirectory(directory, entries));
    const details = [...problemTexts(problems, mostEntries), ...more];
    const title = t('config-editor.directory.read', '{{entries, number}} entries read. Save & test keeps them.', {
      entries: entries.length,
    });
    setOutcome({ severity: details.length > 0 ? 'warning' : 'success', title, details });
  }

  function fail(error: unknown): void {
    const title = t('config-editor.directory.not-read', 'No names were read');
    setOutcome({ severity: 'error', title, details: [failureText(error)] });
  }

  async function readFile(file: File): Promise<void> {
    const read = readDirectoryCsv(decodeText(await fileBytes(file)));
    if (!('refused' in read)) {
      add(read);
      return;
    }
    const title =
      read.refused === 'columns'
        ? t(
            'config-editor.directory.wrong-columns',
            'Nothing was read: the first line must name the columns id, name, kind and teams, id at least; found "{{- found}}"',
            read
          )
        : t(
            'config-editor.directory.too-large',
            'Nothing was read: the file has {{- found}} characters, at most 2,000,000',
            read
          );
    setOutcome({ severity: 'error', title, details: [] });
  }

  async function readFreePbx(place: number): Promise<void> {
    const url = `/api/datasources/uid/${uid}/resources/read-directory`;
    try {
      const request = { url, method: 'POST', data: { import: place }, showErrorAlert: false };
      const { data } = await firstValueFrom(getBackendSrv().fetch<FreePbxDirectory>(request));
      add(
        data,
        data.failed.map(({ table, message }) => `${table}: ${sayText(message)}`)
      );
    } catch (error) {
      fail(error);
    }
  }

  return (
    <>
      <Stack wrap="wrap" alignItems="center">
        <FileUpload
          accept=".csv,.txt,text/csv"
          showFileName={false}
          onFileUpload={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) {
              readFile(file).catch((error: unknown) => fail(error));
            }
          }}
        >
          {t('config-editor.directory.csv', 'Read a CSV file')}
        </FileUpload>
        {imports.map(
          (saved, place) =>
            saved &&
            (saved.type ?? 'mysql') === 'mysql' && (
              <Button key={place} variant="secondary" icon="database" onClick={() => void readFreePbx(place)}>
                {t('config-editor.directory.freepbx', 'Read names from FreePBX {{- server}}', {
                  server: saved.server || saved.host || String(place + 1),
                })}
              </Button>
            )
        )}
        {directory.length > 0 && (
          <Button variant="secondary" fill="text" onClick={() => onChange([])}>
            <Trans i18nKey="config-editor.directory.clear">Remove all names</Trans>
          </Button>
        )}
      </Stack>
      {outcome && (
        <Alert severity={outcome.severity} title={outcome.title} onRemove={() => setOutcome(null)}>
          {outcome.details.length > 0 && (
            <ul>
              {outcome.details.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </Alert>
      )}
    </>
  );
}
