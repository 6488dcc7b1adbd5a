import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { targetOf } from '../build/target';
import { grafanaVersion } from './data-source';
import { addressOf } from './handshake';
import { connectPlugin, type PluginClient } from './plugin-client';

export interface HostedPlugin {
  client: PluginClient;
  /** Where it listens, as gRPC wants it. */
  address: string;
  pid: number;
  /** Log lines of the plugin, JSON each. */
  logs: string[];
  /** Asks it to end as Grafana does, and waits until it is gone. */
  stop: () => Promise<void>;
  /** Ends it without a word, and waits until it is gone. */
  kill: () => Promise<void>;
}

export interface PluginOptions {
  /** Where it keeps its stores. */
  dataPath: string;
  /** Folder of the built plugin. */
  folder?: string;
}

const dist = path.join(__dirname, '../../dist');

/** Starts the built plugin with the environment that Grafana gives it: no PATH, no HOME. */
export async function startPlugin({ dataPath, folder = dist }: PluginOptions): Promise<HostedPlugin> {
  const { goos, goarch } = targetOf(process.platform, process.arch);
  const child = spawn(path.join(folder, `gpx_amiws_cdr_${goos}_${goarch}`), [], {
    env: { grafana_plugin_type: 'datasource', GF_VERSION: grafanaVersion, GF_PLUGIN_DATA_PATH: dataPath },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const logs: string[] = [];
  createInterface(child.stderr).on('line', (line) => logs.push(line));
  const handshake = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    createInterface(child.stdout).once('line', resolve);
    void gone.then(() => reject(new Error(`The plugin ended before its handshake:\n${logs.join('\n')}`)));
  });
  const address = addressOf(handshake);
  const client = connectPlugin(address);
  const end = async (ask: () => Promise<void> | void): Promise<void> => {
    await ask();
    await gone;
    client.close();
  };
  return {
    client,
    address,
    pid: child.pid!,
    logs,
    stop: () => end(() => client.shutdown().catch(() => void child.kill('SIGKILL'))),
    kill: () => end(() => void child.kill('SIGKILL')),
  };
}
