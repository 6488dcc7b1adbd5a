import type { DataSourceApi, DataSourceInstanceSettings, DataSourcePlugin } from '@grafana/data';
import { Stack, Tab, TabContent, TabsBar } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { Configuration } from './Configuration';
import { Explore } from './Explore';

export interface AppProps {
  plugin: DataSourcePlugin<DataSourceApi>;
  settings: DataSourceInstanceSettings;
}

const tabs = ['Explore', 'Data source'] as const;

/** The workbench: the query editor with its answer, and the configuration page. */
export function App({ plugin, settings }: AppProps) {
  const [tab, setTab] = useState<(typeof tabs)[number]>('Explore');
  const dataSource = useMemo(() => new plugin.DataSourceClass(settings), [plugin, settings]);
  return (
    <main style={{ maxWidth: 1400, margin: '0 auto', padding: 24 }}>
      <Stack direction="column" gap={2}>
        <h1 style={{ fontSize: 22, margin: 0 }}>Asterisk CDR workbench</h1>
        <TabsBar>
          {tabs.map((label) => (
            <Tab key={label} label={label} active={tab === label} onChangeTab={() => setTab(label)} />
          ))}
        </TabsBar>
        <TabContent>
          {tab === 'Explore' ? (
            <Explore plugin={plugin} dataSource={dataSource} />
          ) : (
            <Configuration plugin={plugin} dataSource={dataSource} settings={settings} />
          )}
        </TabContent>
      </Stack>
    </main>
  );
}
