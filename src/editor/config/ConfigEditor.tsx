import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { useRef } from 'react';
import type { SettingsJson } from '../../datasource/panel-query';
import { AgentsSection } from './AgentsSection';
import { AuthenticationSection } from './AuthenticationSection';
import { ConnectionSection } from './ConnectionSection';
import { DirectionsSection } from './DirectionsSection';
import { DirectorySection } from './DirectorySection';
import { FiguresSection } from './FiguresSection';
import { HoursSection } from './HoursSection';
import { ImportSection } from './ImportSection';
import { LinksSection } from './LinksSection';
import { ListeningSection } from './ListeningSection';
import { ModeSection } from './ModeSection';
import { PbxTimeSection } from './PbxTimeSection';
import { ProtectionSection } from './ProtectionSection';
import { secretsOf, type CdrSourceSettings, type SecretValues } from './secrets';
import { SetupSection } from './SetupSection';
import { StorageSection } from './StorageSection';
import { TlsSection } from './TlsSection';
import { withProxyUrl } from './with-proxy-url';

export function ConfigEditor({
  options,
  onOptionsChange,
}: DataSourcePluginOptionsEditorProps<SettingsJson, SecretValues>) {
  // Grafana takes whole settings: two changes in one event (a header's name and its secret) must see each other.
  const latest = useRef(options);
  latest.current = options;

  function update(change: (options: CdrSourceSettings) => CdrSourceSettings): void {
    latest.current = change(latest.current);
    onOptionsChange(latest.current);
  }

  const section = {
    settings: options.jsonData ?? {},
    onChange: (changes: Partial<SettingsJson>) =>
      update((current) => ({ ...current, jsonData: withProxyUrl({ ...current.jsonData, ...changes }) })),
  };
  const secrets = secretsOf(options, update);
  const isBrowserOnly = section.settings.mode === 'browser';
  const hasAmiws = !isBrowserOnly && section.settings.connection !== 'ami';
  return (
    <>
      <fieldset disabled={options.readOnly}>
        <ModeSection {...section} />
        <ConnectionSection {...section} secrets={secrets} />
        {hasAmiws && <TlsSection {...section} secrets={secrets} />}
        {hasAmiws && <AuthenticationSection {...section} secrets={secrets} />}
        <PbxTimeSection {...section} />
        <FiguresSection {...section} />
        <HoursSection {...section} />
        <DirectionsSection {...section} uid={options.uid} />
        <AgentsSection {...section} />
        <DirectorySection {...section} uid={options.uid} />
        <LinksSection {...section} />
        {!isBrowserOnly && <ProtectionSection {...section} />}
        {!isBrowserOnly && <StorageSection {...section} secrets={secrets} />}
      </fieldset>
      {/* Also where a provisioned data source can only be looked at. */}
      {!isBrowserOnly && <ImportSection {...section} secrets={secrets} uid={options.uid} readOnly={options.readOnly} />}
      {!isBrowserOnly && <SetupSection uid={options.uid} />}
      {!isBrowserOnly && <ListeningSection uid={options.uid} />}
    </>
  );
}
