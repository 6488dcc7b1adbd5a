import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../plugin-protocol/log';
import { PluginError, type DataSourceInstance, type PluginContext } from '../../plugin-protocol/plugin';
import { storeName } from '../../store/store-name';
import type { Listening } from '../../setup/listening';
import type { PluginMetrics } from '../plugin-metrics';
import { DataSource } from './data-source';
import { keyOf, KnownInstances, type KnownInstance } from './known-instances';
import { ServedInstance } from './served-instance';
import type { ServedList } from './served-list';
import { isImportSecret, isStoreSecret } from './source-config';
import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

const hourMs = 3_600_000;
/** One that nobody asks for in so many hours of running was deleted in Grafana, or might as well be: 90 days. */
const mostIdleHours = 90 * 24;

/**
 * The data sources of this process. Grafana hands over the settings of one only with a request for it, so those that need
 * no secret are kept on disk and resumed when the process starts, until nobody has asked for one in 90 days.
 */
export class DataSources {
  private readonly served = new Map<string, ServedInstance>();
  private readonly known: KnownInstances;
  private readonly hours = setInterval(() => this.passHour(), hourMs);

  constructor(
    private readonly folder: string,
    private readonly metrics: PluginMetrics,
    private readonly log: Logger,
    /** Where imports may read CSV files; undefined for nowhere. */
    private readonly csvFolder?: string
  ) {
    this.known = new KnownInstances(folder, log);
    this.hours.unref();
  }

  /** Starts what was at work when the process ended. */
  async resume(): Promise<void> {
    await this.known.read();
    for (const { orgId, uid, name, jsonData, updated } of this.known.all.filter(({ resumes }) => resumes)) {
      this.of(orgId, uid)
        .resume({ id: 0, url: '', secureJsonData: {}, uid, name, jsonData, updated })
        .catch((error: unknown) => this.log.error('A data source could not be resumed', { uid, error: String(error) }));
    }
  }

  /** The data source that a request is for, by the settings that the request brings. */
  async get({ orgId, dataSource }: PluginContext): Promise<DataSource> {
    if (!dataSource) {
      throw new PluginError('The request names no data source.', 'plugin');
    }
    const served = this.of(orgId, dataSource.uid);
    try {
      const source = await served.get(dataSource);
      this.remember(orgId, dataSource, source);
      return source;
    } catch (error) {
      const known = this.known.get(orgId, dataSource.uid);
      if (known?.resumes && served.running === null) {
        this.known.put({ ...known, resumes: false });
      }
      throw error;
    }
  }

  /** What was served for an organization. */
  ofOrg(orgId: number): ServedList {
    return {
      list: () => this.list(orgId),
      stopListening: async (uid) => void (await this.stopListening(orgId, uid)),
      deleteStored: (uid) => this.deleteStored(orgId, uid),
    };
  }

  /** Sets the metrics that say how the data sources stand now. */
  measure(): void {
    this.metrics.storeUp.reset();
    for (const { running } of this.served.values()) {
      if (running) {
        const { uid, storeKind, storeProblem } = running;
        this.metrics.storeUp.set({ uid, store: storeKind.type }, storeProblem === null ? 1 : 0);
      }
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.hours);
    await Promise.allSettled([...this.served.values()].map((served) => served.stop()));
    await this.known.saved();
  }

  private list(orgId: number): Listening[] {
    return this.known.all
      .filter((known) => known.orgId === orgId)
      .map(({ uid, name, schema, idleHours }) => {
        const source = this.served.get(keyOf(orgId, uid))?.running ?? null;
        return {
          uid,
          name,
          schema,
          isListening: source !== null,
          lastEventAt: source?.state.lastEventAt ?? null,
          idleHours,
        };
      })
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  private async stopListening(orgId: number, uid: string): Promise<boolean> {
    const known = this.known.get(orgId, uid);
    if (!known) {
      throw new PluginError(`No data source with the UID ${JSON.stringify(uid)} was served here.`, 'downstream', 404);
    }
    const isClosed = await this.end(orgId, uid);
    this.known.put({ ...known, resumes: false });
    return isClosed;
  }

  private async deleteStored(orgId: number, uid: string): Promise<void> {
    if (!(await this.stopListening(orgId, uid))) {
      throw new Refusal([sentence('query.store-closing')], 'downstream', 503);
    }
    const ours = `${storeName(keyOf(orgId, uid))}.`;
    // Where Grafana may keep no files there may be no folder.
    const all = existsSync(this.folder) ? await readdir(this.folder) : [];
    const names = all.filter((name) => name.startsWith(ours));
    await Promise.all(names.map((name) => rm(path.join(this.folder, name), { recursive: true, force: true })));
    this.known.forget(orgId, uid);
    this.log.info('The stored calls of a data source were deleted', { uid });
  }

  private of(orgId: number, uid: string): ServedInstance {
    const key = keyOf(orgId, uid);
    const served =
      this.served.get(key) ??
      new ServedInstance({
        config: (instance, settings) => ({
          key,
          uid,
          settings,
          secrets: instance.secureJsonData,
          csvFolder: this.csvFolder,
        }),
        start: (config) => DataSource.start(config, this.folder, this.metrics, this.log),
      });
    this.served.set(key, served);
    return served;
  }

  private async end(orgId: number, uid: string): Promise<boolean> {
    const key = keyOf(orgId, uid);
    const served = this.served.get(key);
    const isClosed = (await served?.stop()) ?? true;
    if (this.served.get(key) === served) {
      this.served.delete(key);
    }
    return isClosed;
  }

  private remember(
    orgId: number,
    { uid, name, jsonData, updated, secureJsonData }: DataSourceInstance,
    { storeKind: { schema } }: DataSource
  ): void {
    const before = this.known.get(orgId, uid);
    // Listening goes on without the secrets of imports and of the store: imports, and what is heard, wait for the next request.
    const resumes = Object.keys(secureJsonData).every((name) => isImportSecret(name) || isStoreSecret(name));
    const isOlder = before !== undefined && updated < before.updated;
    const fresh: KnownInstance = {
      ...(isOlder ? before : { orgId, uid, name, jsonData: resumes ? jsonData : {}, updated }),
      resumes,
      schema,
      idleHours: 0,
    };
    if (JSON.stringify(before) !== JSON.stringify(fresh)) {
      this.known.put(fresh);
    }
  }

  /** A data source that is deleted in Grafana is never asked for again, and nobody says so. */
  private passHour(): void {
    for (const known of this.known.all) {
      const idleHours = known.idleHours + 1;
      this.known.put({ ...known, idleHours, resumes: known.resumes && idleHours < mostIdleHours });
      if (idleHours === mostIdleHours) {
        this.log.warn('Nobody has asked for a data source in 90 days: it is not listened to any more', {
          uid: known.uid,
        });
        void this.end(known.orgId, known.uid);
      }
    }
  }
}
