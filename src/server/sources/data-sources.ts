import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../plugin-protocol/log';
import { PluginError, type DataSourceInstance, type PluginContext } from '../../plugin-protocol/plugin';
import { parseSettings } from '../../settings/settings';
import { DataSource } from './data-source';
import type { PluginMetrics } from '../plugin-metrics';

type Remembered = Pick<DataSourceInstance, 'uid' | 'name' | 'jsonData' | 'updated'> & { orgId: number };

interface Entry {
  version: string;
  started: Promise<DataSource>;
}

/**
 * The data sources of this process. Grafana tells the settings of one only with a request for it, so those that need no
 * secret are remembered on disk and resumed when the process starts.
 */
export class DataSources {
  private readonly entries = new Map<string, Entry>();
  private readonly remembered = new Map<string, Remembered>();
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly metrics: PluginMetrics,
    private readonly log: Logger,
    /** Where imports may read CSV files; undefined for nowhere. */
    private readonly csvFolder?: string
  ) {}

  /** Starts what was at work when the process ended. */
  async resume(): Promise<void> {
    const remembered = await this.readRemembered();
    remembered.forEach((known) => this.remembered.set(keyOf(known.orgId, known.uid), known));
    for (const known of remembered) {
      const { orgId, ...instance } = known;
      this.of(orgId, { id: 0, url: '', secureJsonData: {}, ...instance }).catch((error: unknown) =>
        this.log.error('A data source could not be resumed', { uid: known.uid, error: String(error) })
      );
    }
  }

  /** The data source that a request is for, with the settings that the request brings. */
  get(context: PluginContext): Promise<DataSource> {
    if (!context.dataSource) {
      throw new PluginError('The request names no data source.', 'plugin');
    }
    return this.of(context.orgId, context.dataSource);
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.entries.values()].map(async ({ started }) => (await started).stop()));
    await this.saving;
  }

  private of(orgId: number, instance: DataSourceInstance): Promise<DataSource> {
    const key = keyOf(orgId, instance.uid);
    const version = JSON.stringify([instance.jsonData, instance.secureJsonData]);
    const known = this.entries.get(key);
    if (known?.version === version) {
      return known.started;
    }
    const started = this.start(key, instance, known);
    const entry = { version, started };
    this.entries.set(key, entry);
    started.then(
      () => this.remember(key, orgId, instance),
      () => {
        // A store that can't be opened now may be opened when asked again.
        if (this.entries.get(key) === entry) {
          this.entries.delete(key);
        }
      }
    );
    return started;
  }

  private async start(key: string, instance: DataSourceInstance, before: Entry | undefined): Promise<DataSource> {
    const old = await before?.started.catch(() => null);
    await old?.stop();
    try {
      const settings = parseSettings(instance.jsonData);
      if (settings.mode === 'browser') {
        this.forget(key);
        throw new PluginError(
          'This data source is in browser-only mode, in which only an open page hears calls. Alert rules, exports and ' +
            'history need the server part: choose it in the configuration of the data source.',
          'downstream'
        );
      }
      return await DataSource.start(
        {
          key,
          uid: instance.uid,
          settings,
          secrets: instance.secureJsonData,
          csvFolder: this.csvFolder,
        },
        this.folder,
        this.metrics,
        this.log
      );
    } catch (error) {
      throw error instanceof PluginError
        ? error
        : new PluginError(error instanceof Error ? error.message : String(error), 'downstream', 500, { cause: error });
    }
  }

  private get file(): string {
    return path.join(this.folder, 'instances.json');
  }

  private async readRemembered(): Promise<Remembered[]> {
    try {
      return JSON.parse(await readFile(this.file, 'utf8')) as Remembered[];
    } catch {
      return [];
    }
  }

  private remember(key: string, orgId: number, instance: DataSourceInstance): void {
    const { uid, name, jsonData, updated, secureJsonData } = instance;
    // Listening goes on without the secrets of an import, which waits for the next request.
    if (Object.keys(secureJsonData).some((name) => !/^import(Password|CACert)/.test(name))) {
      this.remembered.delete(key);
    } else {
      this.remembered.set(key, { orgId, uid, name, jsonData, updated });
    }
    this.saving = this.saving.then(() => this.save());
  }

  private forget(key: string): void {
    this.remembered.delete(key);
    this.saving = this.saving.then(() => this.save());
  }

  private async save(): Promise<void> {
    try {
      await writeFile(`${this.file}.new`, JSON.stringify([...this.remembered.values()]));
      await rename(`${this.file}.new`, this.file);
    } catch (error) {
      this.log.warn('The data sources at work could not be remembered', { error: String(error) });
    }
  }
}

function keyOf(orgId: number, uid: string): string {
  return `${orgId}-${uid}`;
}
