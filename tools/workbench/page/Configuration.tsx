import type { DataSourceApi, DataSourceInstanceSettings, DataSourcePlugin, DataSourceSettings } from '@grafana/data';
import { Alert, Button } from '@grafana/ui';
import { useState } from 'react';

interface ConfigurationProps {
  plugin: DataSourcePlugin<DataSourceApi>;
  dataSource: DataSourceApi;
  settings: DataSourceInstanceSettings;
}

interface Verdict {
  status: string;
  message: string;
}

/** The plugin's configuration page with Grafana's Save & test. */
export function Configuration({ plugin, dataSource, settings }: ConfigurationProps) {
  const [options, setOptions] = useState({ secureJsonFields: {}, ...settings } as unknown as DataSourceSettings);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const Editor = plugin.components.ConfigEditor!;

  const save = async (): Promise<void> => {
    setVerdict(null);
    await fetch('/workbench/data-source', { method: 'PUT', body: JSON.stringify(options) });
    try {
      setVerdict((await dataSource.testDatasource()) as Verdict);
    } catch (error) {
      // Grafana's runtime throws the verdict of a failed check as it is.
      setVerdict(error as Verdict);
    }
  };

  return (
    <>
      <Editor options={options} onOptionsChange={setOptions} />
      {verdict && <Alert severity={verdict.status === 'success' ? 'success' : 'error'} title={verdict.message} />}
      <Button onClick={() => void save()}>Save &amp; test</Button>
    </>
  );
}
