import { css } from '@emotion/css';
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
import { NextStep } from './NextStep';
import { PbxTimeSection } from './PbxTimeSection';
import { ProtectionSection } from './ProtectionSection';
import { secretsOf, type CdrSourceSettings, type SecretValues } from './secrets';
import { SetupSection } from './SetupSection';
import { StorageSection } from './StorageSection';
import { TlsSection } from './TlsSection';
import { useChecksFirst } from './use-checks-first';
import { useSetupChecks } from './use-setup-checks';
import { withProxyUrl } from './with-proxy-url';

/** The configuration page: once connected, what the PBXes lack stands first, before that how to connect. */
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

  const { uid, readOnly } = options;
  const section = {
    settings: options.jsonData ?? {},
    onChange: (changes: Partial<SettingsJson>) =>
      update((current) => ({ ...current, jsonData: withProxyUrl({ ...current.jsonData, ...changes }) })),
    readOnly,
  };
  const secrets = secretsOf(options, update);
  const isBrowserOnly = section.settings.mode === 'browser';
  const hasAmiws = !isBrowserOnly && section.settings.connection !== 'ami';
  const setup = useSetupChecks(uid, !isBrowserOnly);
  const areChecksFirst = useChecksFirst(section.settings, setup) && !isBrowserOnly;
  return (
    <div className={page}>
      {areChecksFirst && <SetupSection uid={uid} setup={setup} />}
      {!areChecksFirst && <NextStep settings={section.settings} setup={setup} />}
      <ConnectionSection {...section} secrets={secrets} />
      {!areChecksFirst && !isBrowserOnly && <SetupSection uid={uid} setup={setup} />}
      {hasAmiws && <TlsSection {...section} secrets={secrets} />}
      {hasAmiws && <AuthenticationSection {...section} secrets={secrets} />}
      <PbxTimeSection {...section} />
      <HoursSection {...section} />
      <FiguresSection {...section} />
      <DirectorySection {...section} uid={uid} />
      <DirectionsSection {...section} uid={uid} />
      <AgentsSection {...section} />
      <LinksSection {...section} />
      {!isBrowserOnly && <ImportSection {...section} secrets={secrets} uid={uid} />}
      {!isBrowserOnly && <StorageSection {...section} secrets={secrets} />}
      {!isBrowserOnly && <ProtectionSection {...section} />}
      <ModeSection {...section} />
      {!isBrowserOnly && <ListeningSection uid={uid} />}
    </div>
  );
}

/** Lines of text and inputs no longer than the eye follows; nothing, long addresses too, wider than a phone. */
const page = css({ maxWidth: 760, minWidth: 0, overflowWrap: 'anywhere' });
