import { Importer } from '../../import/importer';
import { openHistory } from '../../import/open-history';
import { PluginError } from '../../plugin-protocol/plugin';
import type { ImportProgress } from '../../setup/import-progress';
import type { ImportSettings } from '../../settings/import-settings';
import type { CdrSettings } from '../../settings/settings';
import type { Derivation } from '../../cdr/derivation';
import type { PbxClocks } from '../../cdr/pbx-clocks';
import type { Gap } from '../../cdr/gap';
import type { Logger } from '../../plugin-protocol/log';
import type { StoreWriter } from '../ingest/store-writer';

const day = 86_400_000;

export interface ImportsOptions {
  settings: CdrSettings;
  secrets: Readonly<Record<string, string>>;
  csvFolder: string | undefined;
  derivation: Derivation;
  clocks: PbxClocks;
  writer: Pick<StoreWriter, 'store' | 'run'>;
  log: Logger;
}

/** The imports of a data source, in the order of its settings. */
export class Imports {
  private readonly importers: Array<Importer | null>;

  constructor(options: ImportsOptions) {
    this.importers = options.settings.imports.map((settings, place) =>
      settings === null ? null : importerOf(settings, place, options)
    );
  }

  /** Null where an import was removed. */
  get progress(): Array<ImportProgress | null> {
    return this.importers.map((importer) => importer?.progress ?? null);
  }

  /** Marks the gaps that were filled in. */
  withFilled(gaps: readonly Gap[]): Gap[] {
    return gaps.map((gap) => (this.isFilled(gap) ? { ...gap, filled: true } : gap));
  }

  /** @throws PluginError when there is no such import */
  async start(place: unknown): Promise<ImportProgress> {
    const importer = typeof place === 'number' ? this.importers[place] : undefined;
    if (!importer) {
      throw new PluginError(
        `There is no import ${JSON.stringify(place)}. Expected the place of a saved one, from 0; save the data source first.`,
        'downstream'
      );
    }
    await importer.start();
    return importer.progress;
  }

  /** The store is open: what waited for it can be done. */
  look(): void {
    this.importers.forEach((importer) => importer?.look());
  }

  async close(): Promise<void> {
    await Promise.all(this.importers.map((importer) => importer?.close()));
  }

  private isFilled(gap: Gap): boolean {
    return this.importers.some((importer) => importer?.isFilled(gap));
  }
}

function importerOf(settings: ImportSettings, place: number, options: ImportsOptions): Importer {
  const { csvFolder, derivation, log, secrets, writer } = options;
  const password = secrets[`importPassword${place}`] ?? '';
  const ca = secrets[`importCACert${place}`] ?? '';
  const { retentionDays } = options.settings;
  const { server, type } = settings;
  const clock = options.clocks.of(server);
  return new Importer({
    key: JSON.stringify(settings),
    server,
    type,
    store: () => writer.store,
    write: (task) => writer.run(task),
    open: (signal) => openHistory({ settings, password, ca, csvFolder, clock, rules: derivation.rules }, signal),
    keptSince: () => (retentionDays === 0 ? 0 : Date.now() - retentionDays * day),
    hourOfPbx: () => new Date(Date.now() + (clock.offsetAt(Date.now()) ?? 0) * 1000).getUTCHours(),
    onFailed: (error) => log.warn('An import does not go on; it is tried again', { server, type, error }),
  });
}
