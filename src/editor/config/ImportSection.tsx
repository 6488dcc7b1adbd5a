import { t, Trans } from '@grafana/i18n';
import { Button, FieldSet, Stack } from '@grafana/ui';
import type { SavedImport } from '../../settings/import-settings';
import type { SecretSectionProps } from './config-section';
import { ImportEditor } from './ImportEditor';
import { ImportRun } from './ImportRun';
import { useImportProgress } from './use-import-progress';

interface Props extends SecretSectionProps {
  uid: string;
  /** True for a provisioned data source: it can't be changed, but its history be imported. */
  readOnly?: boolean;
}

/**
 * The PBXes' own records. The n-th import's password is the secret `importPassword<n>`, its certificate authority
 * `importCACert<n>`; they can't be read back and so can't be moved: one that is removed leaves null in its place, which the
 * next one takes.
 */
export function ImportSection({ settings, onChange, secrets, uid, readOnly }: Props) {
  const imports = settings.imports ?? [];
  const progress = useImportProgress(uid, imports.length > 0);
  const put = (place: number, changed: SavedImport | null) =>
    onChange({ imports: withImport(imports, place, changed) });
  const free = imports.indexOf(null);

  return (
    <FieldSet label={t('config-editor.import.title', 'Call history')}>
      <p>
        <Trans i18nKey="config-editor.import.intro">
          A PBX stores its calls and queue events in its own tables or files. History is imported from them once, and
          later the calls that were missed without a connection. A user who can only read the table is enough.
        </Trans>
      </p>
      <Stack direction="column" alignItems="flex-start" gap={3}>
        {imports.map(
          (saved, place) =>
            saved && (
              <section
                key={place}
                aria-label={t('config-editor.import.named', 'Import {{- number}}', { number: place + 1 })}
              >
                <fieldset disabled={readOnly}>
                  <ImportEditor
                    place={place}
                    saved={saved}
                    onChange={(changes) => put(place, { ...saved, ...changes })}
                    onRemove={() => {
                      put(place, null);
                      secrets.clear(`importPassword${place}`);
                      secrets.clear(`importCACert${place}`);
                    }}
                    secrets={secrets}
                  />
                </fieldset>
                <ImportRun uid={uid} place={place} progress={progress[place] ?? null} />
              </section>
            )
        )}
        <Button
          icon="plus"
          variant="secondary"
          disabled={readOnly}
          onClick={() => put(free < 0 ? imports.length : free, { type: 'mysql', database: 'asteriskcdrdb' })}
        >
          <Trans i18nKey="config-editor.import.add">Add import</Trans>
        </Button>
      </Stack>
    </FieldSet>
  );
}

type Imports = ReadonlyArray<SavedImport | null>;

function withImport(imports: Imports, place: number, changed: SavedImport | null): Array<SavedImport | null> {
  return place < imports.length ? imports.with(place, changed) : [...imports, changed];
}
