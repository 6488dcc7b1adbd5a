import { PluginError, type DataSourceInstance } from '../../plugin-protocol/plugin';
import { parseSettings, type CdrSettings } from '../../settings/settings';
import type { DataSource } from './data-source';
import type { DataSourceConfig } from './source-config';
import { sentence } from '../../sentences/sentence';
import { textOfError } from '../../sentences/text-of-error';
import { Refusal } from '../refusal';

/** Grafana may send settings of before a save for some seconds after it. Milliseconds. */
const staleMs = 60_000;

export interface ServedInstanceOptions {
  config: (instance: DataSourceInstance, settings: CdrSettings) => DataSourceConfig;
  start: (config: DataSourceConfig) => Promise<DataSource>;
}

/** One data source of Grafana: goes by the newest of the settings that requests bring. */
export class ServedInstance {
  private source: DataSource | null = null;
  private newest = { text: '', updated: 0, receivedAt: -Infinity };
  private ready: Promise<DataSource> | null = null;
  private stopped: Promise<boolean> | null = null;

  constructor(private readonly options: ServedInstanceOptions) {}

  /** The data source at work; null while there is none. */
  get running(): DataSource | null {
    return this.source;
  }

  /**
   * The data source by the settings that a request brings, or by newer ones that came before.
   * @throws PluginError while the settings can't be used; what runs goes on by those of before
   */
  get(instance: DataSourceInstance): Promise<DataSource> {
    const { text: before, updated, receivedAt } = this.newest;
    const now = performance.now();
    if (this.ready && instance.updated < updated && now - receivedAt < staleMs) {
      return this.ready;
    }
    const text = JSON.stringify([instance.jsonData, instance.secureJsonData]);
    this.newest = { text, updated: instance.updated, receivedAt: now };
    if (this.ready === null || text !== before) {
      const settled = this.ready?.catch(() => undefined) ?? Promise.resolve();
      this.ready = settled.then(() => this.apply(instance));
    }
    return this.ready;
  }

  /** Starts it by what was known of it, unless a request came before: only that brings secrets. */
  resume(known: DataSourceInstance): Promise<DataSource> {
    return this.ready ?? this.get(known);
  }

  /**
   * Ends it for good; another one may take its place.
   * @returns false when its store was not closed in time
   */
  stop(): Promise<boolean> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  private async stopOnce(): Promise<boolean> {
    if (this.source === null) {
      // One that is being started.
      await this.ready?.catch(() => undefined);
    }
    return this.end();
  }

  private async apply(instance: DataSourceInstance): Promise<DataSource> {
    try {
      const settings = parseSettings(instance.jsonData);
      if (settings.mode === 'browser') {
        await this.end();
        throw new Refusal([sentence('query.browser-only')], 'downstream');
      }
      if (this.stopped) {
        throw new Refusal([sentence('query.stopped')], 'downstream', 503);
      }
      const config = this.options.config(instance, settings);
      if (this.source) {
        await this.source.change(config);
        return this.source;
      }
      this.source = await this.options.start(config);
      return this.source;
    } catch (error) {
      throw error instanceof PluginError ? error : new Refusal(textOfError(error), 'downstream', 500, error);
    }
  }

  private async end(): Promise<boolean> {
    const { source } = this;
    this.source = null;
    return (await source?.stop()) ?? true;
  }
}
