import { t, Trans } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import { defaultDatabase, type SavedImport } from '../../settings/import-settings';
import type { SecretSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { ImportEditor } from './ImportEditor';
import { ImportRun } from './ImportRun';
import { summaryText } from './summary-text';
import { useImportProgress } from './use-import-progress';

interface Props extends SecretSectionProps {
  uid: string;
}

/**
 * The PBXes' own records. The n-th import's password is the secret `importPassword<n>`, its certificate authority
 * `importCACert<n>`; they can't be read back and so can't be moved: one that is removed leaves null in its place, which the
 * next one takes. Of a provisioned data source no import can be changed, but its history be imported.
 */
export function ImportSection({ settings, onChange, secrets, uid, readOnly }: Props) {
  const imports = settings.imports ?? [];
  const progress = useImportProgress(uid, imports.length > 0);
  const put = (place: number, changed: SavedImport | null) =>
    onChange({ imports: withImport(imports, place, changed) });
  const free = imports.indexOf(null);
  const count = imports.filter((saved) => saved !== null).length;

  return (
    <ConfigSection
      title={t('config-editor.import.title', 'Call history')}
      description={t(
        'config-editor.import.intro',
        "A PBX stores its calls and queue events in its own tables or files. The data source imports the history from them once, and later the calls that it missed while it wasn't connected. A user who can only read the tables is enough."
      )}
      summary={summaryText(
        count === 1 && t('config-editor.import.set-import', '1 import'),
        count > 1 && t('config-editor.import.set-imports', '{{imports, number}} imports', { imports: count })
      )}
      needsAttention={progress.some((each) => (each?.error ?? null) !== null)}
    >
      <Stack direction="column" alignItems="flex-start" gap={3}>
        {imports.map(
          (saved, place) =>
            saved && (
              <ImportEditor
                key={place}
                place={place}
                saved={saved}
                readOnly={readOnly}
                onChange={(changes) => put(place, { ...saved, ...changes })}
                onRemove={() => {
                  put(place, null);
                  secrets.clear(`importPassword${place}`);
                  secrets.clear(`importCACert${place}`);
                }}
                secrets={secrets}
              >
                <ImportRun uid={uid} place={place} progress={progress[place] ?? null} />
              </ImportEditor>
            )
        )}
        <Button
          icon="plus"
          variant="secondary"
          disabled={readOnly}
          onClick={() => put(free < 0 ? imports.length : free, { type: 'mysql', database: defaultDatabase })}
        >
          <Trans i18nKey="config-editor.import.add">Add import</Trans>
        </Button>
      </Stack>
    </ConfigSection>
  );
}

type Imports = ReadonlyArray<SavedImport | null>;

function withImport(imports: Imports, place: number, changed: SavedImport | null): Array<SavedImport | null> {
  return place < imports.length ? imports.with(place, changed) : [...imports, changed];
}
