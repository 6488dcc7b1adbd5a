import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { executableOf, targetOf } from '../build/target';
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
  /** Where imports may read CSV files; nowhere unless told. */
  csvFolder?: string;
  /** Folder of the built plugin. */
  folder?: string;
  /** Folder that it takes for the root of the file system, with the two above in it. Only root may ask for it. */
  root?: string;
  /** Whether it has no network at all. Only root may ask for it. */
  offline?: boolean;
}

const dist = path.join(__dirname, '../../dist');

/** Starts the built plugin with the environment that Grafana gives it: no PATH, no HOME. */
export async function startPlugin({
  dataPath,
  csvFolder,
  folder = dist,
  root,
  offline,
}: PluginOptions): Promise<HostedPlugin> {
  const executable = path.join(folder, executableOf(targetOf(process.platform, process.arch)));
  const confined = [...(root ? [`--root=${root}`, '--mount-proc'] : []), ...(offline ? ['--net'] : [])];
  const [command, ...args] = confined.length > 0 ? ['/usr/bin/unshare', ...confined, executable] : [executable];
  const child = spawn(command!, args, {
    env: {
      grafana_plugin_type: 'datasource',
      GF_VERSION: grafanaVersion,
      GF_PLUGIN_DATA_PATH: dataPath,
      ...(csvFolder && { GF_PLUGIN_CSV_FOLDER: csvFolder }),
    },
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
  const address = addressOf(handshake).replace('unix:', `unix:${root ?? ''}`);
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
