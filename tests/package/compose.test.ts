import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { parse } from 'yaml';
import { pluginId, root as project } from '../../tools/package/packages';
import { grafanaVersion } from '../../tools/plugin-host/data-source';
import { wrapUpTimes } from '../../tools/simulator/staff';
import { startPlugin } from '../../tools/plugin-host/start-plugin';
import { busybox, namespaces } from '../../tools/test/needs';
import { eventually } from '../reliability/eventually';
import { describeWhere } from '../support/describe-where';
import { layAlpine } from './alpine-root';

interface Service {
  image: string;
  environment: Record<string, string>;
  entrypoint?: string[];
  command?: string[];
  volumes: string[];
}

const readYaml = <T>(file: string): T => parse(readFileSync(path.join(project, file), 'utf8')) as T;
const { grafana, simulator } = readYaml<{ services: Record<'grafana' | 'simulator', Service> }>(
  'docker-compose.yaml'
).services;

/** Folders and files of the project that a service sees, each with the place it sees it at. */
const mounts = ({ volumes }: Service): Array<{ from: string; to: string }> =>
  volumes
    .filter((volume) => volume.startsWith('./'))
    .map((volume) => volume.split(':') as [string, string])
    .map(([from, to]) => ({ from: path.join(project, from), to }));

describe('docker-compose.yaml', () => {
  it('runs nothing but Grafana’s stock image', () => {
    expect([grafana.image, simulator.image]).toEqual(Array(2).fill(`grafana/grafana:${grafanaVersion}`));
  });

  it('mounts what npm run package made and the project holds', () => {
    const sources = [...mounts(grafana), ...mounts(simulator)].map(({ from }) => from);
    expect(sources).toHaveLength(4);
    expect(sources.filter((from) => !existsSync(from))).toEqual([]);
  });

  it('provisions a data source that listens where the simulator sends, and dashboards that the package holds', () => {
    const [dataSource] = readYaml<{ datasources: Array<{ jsonData: { amiwsUrl: string; wrapUpTimes: object } }> }>(
      'provisioning/datasources/amiws-cdr.yaml'
    ).datasources;
    const { amiwsUrl, wrapUpTimes: times } = dataSource!.jsonData;
    expect(simulator.command).toContain(new URL(amiwsUrl).port);
    expect(times).toEqual(wrapUpTimes(Number(simulator.command![simulator.command!.indexOf('--speed') + 1])));
    const [provider] = readYaml<{ providers: Array<{ options: { path: string } }> }>(
      'provisioning/dashboards/amiws-cdr.yaml'
    ).providers;
    const plugin = mounts(grafana).find(({ to }) => provider!.options.path.startsWith(to))!;
    expect(existsSync(path.join(plugin.from, path.relative(plugin.to, provider!.options.path)))).toBe(true);
  });
});

describeWhere(namespaces, busybox)('the services of docker-compose.yaml, in systems like their image', () => {
  let folder: string;
  let running: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'compose-'));
  });
  afterEach(() => {
    running?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  function layService(name: string, service: Service): string {
    const root = path.join(folder, name);
    mkdirSync(root);
    layAlpine(root);
    mounts(service).forEach(({ from, to }) => cpSync(from, path.join(root, to), { recursive: true }));
    return root;
  }

  async function startSimulator(root: string): Promise<string> {
    const [command, ...args] = [...simulator.entrypoint!, ...simulator.command!, '--port', '0'];
    running = spawn('/usr/bin/unshare', [`--root=${root}`, '--mount-proc', command!, ...args], {
      env: simulator.environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(running.stdout!), 'line')) as [string];
    return /ws:\S+\d/.exec(line)![0];
  }

  it('bring calls of the simulator into Grafana’s plugin', async () => {
    const amiwsUrl = await startSimulator(layService('simulator', simulator));
    const plugin = await startPlugin({
      root: layService('grafana', grafana),
      folder: `/var/lib/grafana/plugins/${pluginId}`,
      dataPath: '/var/lib/grafana/data',
    });
    try {
      const dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl }, updated: 1 };
      const health = await eventually(
        () => plugin.client.checkHealth(dataSource),
        ({ details }) => Number(details!.calls) > 0
      );
      expect(health.status).toBe('ok');
      expect(health.details!.calls).toBeGreaterThan(0);
    } finally {
      await plugin.stop();
    }
  });
});
