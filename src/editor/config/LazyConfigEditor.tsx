import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { t } from '@grafana/i18n';
import { lazy, Suspense } from 'react';
import type { SettingsJson } from '../../datasource/panel-query';
import type { SecretValues } from './secrets';

const ConfigEditor = lazy(async () => {
  const loaded = await import(/* webpackChunkName: "configuration" */ './ConfigEditor');
  return { default: loaded.ConfigEditor };
});

/** The configuration page, which no dashboard has to load. */
export function LazyConfigEditor(props: DataSourcePluginOptionsEditorProps<SettingsJson, SecretValues>) {
  return (
    <Suspense fallback={<LoadingPlaceholder text={t('config-editor.loading', 'Loading configuration…')} />}>
      <ConfigEditor {...props} />
    </Suspense>
  );
}
