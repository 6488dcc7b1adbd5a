import { t } from '@grafana/i18n';
import { Alert, Stack } from '@grafana/ui';
import { mostEntries, readDirectory } from '../../settings/directory-settings';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { DirectoryImport } from './DirectoryImport';
import { DirectoryRows } from './DirectoryRows';
import { problemTexts } from './directory-problem-text';
import { summaryText } from './summary-text';

interface Props extends ConfigSectionProps {
  uid: string;
}

/** Names of agents, queues and numbers, and teams of agents. */
export function DirectorySection({ settings, onChange, readOnly, uid }: Props) {
  const directory = settings.directory ?? [];
  const { entries, problems } = readDirectory(directory);
  return (
    <ConfigSection
      title={t('config-editor.directory.title', 'Names and teams')}
      description={t(
        'config-editor.directory.intro',
        'Panels show these names beside the numbers. Agents without an entry have the name that the PBX gives them. An agent can be in several teams.'
      )}
      summary={summaryText(
        entries.length === 1 && t('config-editor.directory.set-name', '1 name'),
        entries.length > 1 &&
          t('config-editor.directory.set-names', '{{names, number}} names', { names: entries.length })
      )}
      needsAttention={problems.length > 0}
      readOnly={readOnly}
    >
      {problems.length > 0 && (
        <Alert
          severity="warning"
          title={t('config-editor.directory.problems', "Some entries can't be used as they are")}
        >
          <ul>
            {problemTexts(problems, mostEntries).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Stack direction="column" alignItems="flex-start" gap={2}>
        <DirectoryRows directory={directory} onChange={(changed) => onChange({ directory: changed })} />
        <DirectoryImport
          directory={directory}
          imports={settings.imports ?? []}
          uid={uid}
          onChange={(changed) => onChange({ directory: changed })}
        />
      </Stack>
    </ConfigSection>
  );
}
