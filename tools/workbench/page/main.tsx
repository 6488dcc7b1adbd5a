import './boot';
import { createTheme, ThemeContext, type DataSourceApi, type DataSourcePlugin } from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { loadPlugin } from './load-plugin';
import { loadTexts } from './load-texts';
import { readDataSource, provideGrafanaServices } from './services';
import 'uplot/dist/uPlot.min.css';

/** Starts the page: the services that Grafana gives a plugin, then the plugin, then the page around it. */
async function start(): Promise<void> {
  const settings = await readDataSource();
  provideGrafanaServices(settings);
  await loadTexts();
  const plugin = (await loadPlugin()) as DataSourcePlugin<DataSourceApi>;
  const theme = createTheme({ colors: { mode: 'dark' } });
  createRoot(document.getElementById('root')!).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <App plugin={plugin} settings={settings} />
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

void start();
