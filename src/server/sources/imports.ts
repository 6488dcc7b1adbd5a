import { readFreePbxDirectory, type FreePbxDirectory } from '../../import/freepbx-directory';
import { Importer } from '../../import/importer';
import { openHistory } from '../../import/open-history';
import type { PluginError } from '../../plugin-protocol/plugin';
import type { ImportProgress } from '../../setup/import-progress';
import { importKey, type ImportKind, type ImportSettings } from '../../settings/import-settings';
import type { CdrSettings } from '../../settings/settings';
import type { Derivation } from '../../cdr/derivation';
import type { MemberNames } from '../../cdr/member-names';
import type { PbxClocks } from '../../cdr/pbx-clocks';
import type { Gap } from '../../cdr/gap';
import type { Logger } from '../../plugin-protocol/log';
import type { StoreWriter } from '../ingest/store-writer';
import { storeKey } from './source-config';
import { sentence } from '../../sentences/sentence';
import { textOfError } from '../../sentences/text-of-error';
import { Refusal } from '../refusal';

const day = 86_400_000;

export interface ImportsOptions {
  settings: CdrSettings;
  secrets: Readonly<Record<string, string>>;
  csvFolder: string | undefined;
  derivation: Derivation;
  clocks: PbxClocks;
  names: MemberNames;
  writer: Pick<StoreWriter, 'store' | 'run'>;
  log: Logger;
}

interface Running {
  /** The same for an import that goes on as it is. */
  key: string;
  kind: ImportKind;
  importer: Importer;
}

/** The imports of a data source, in the order of its settings. */
export class Imports {
  private running: Array<Running | null> = [];
  private retentionDays = 0;
  private options: ImportsOptions;
  /** Imports that were ended and may still wait for their database. */
  private readonly ending = new Set<Promise<void>>();

  constructor(options: ImportsOptions) {
    this.options = options;
    this.use(options);
  }

  /** Imports by these settings from now on. One that did not change goes on; one that ends is not waited for. */
  use(options: ImportsOptions): void {
    this.options = options;
    this.retentionDays = options.settings.retentionDays;
    const before = this.running;
    this.running = options.settings.imports.map((settings, place) =>
      settings === null ? null : this.kept(settings, place, before[place] ?? null, options)
    );
    before.filter((known) => known !== null && !this.running.includes(known)).forEach((known) => this.end(known!));
  }

  /** Null where an import was removed. */
  get progress(): Array<ImportProgress | null> {
    return this.running.map((known) => known?.importer.progress ?? null);
  }

  /** Marks the gaps that were filled in, and those of which a queue_log was read. */
  withFilled(gaps: readonly Gap[]): Gap[] {
    return gaps.map((gap) => ({
      ...gap,
      ...(this.isFilled(gap, 'cdr') ? { filled: true } : {}),
      ...(this.isFilled(gap, 'queue_log') ? { queuesFilled: true } : {}),
    }));
  }

  /** @throws PluginError when there is no such import */
  async start(place: unknown): Promise<ImportProgress> {
    const importer = typeof place === 'number' ? this.running[place]?.importer : undefined;
    if (!importer) {
      throw noImport(place);
    }
    await importer.start();
    return importer.progress;
  }

  /**
   * Names that the FreePBX of an import knows.
   * @throws PluginError that says why they can't be read
   */
  async readDirectory(place: unknown, signal: AbortSignal): Promise<FreePbxDirectory> {
    const settings = typeof place === 'number' ? this.options.settings.imports[place] : undefined;
    if (!settings || typeof place !== 'number') {
      throw noImport(place);
    }
    try {
      return await readFreePbxDirectory(settings, secretsOf(place, this.options), signal);
    } catch (error) {
      throw new Refusal(textOfError(error), 'downstream', 502, error);
    }
  }

  /** The store is open: what waited for it can be done. */
  look(): void {
    this.running.forEach((known) => void known?.importer.look());
  }

  /** Ends all imports; resolves when none works any more. */
  async close(): Promise<void> {
    this.running.forEach((known) => known && this.end(known));
    this.running = [];
    await Promise.all(this.ending);
  }

  private kept(settings: ImportSettings, place: number, before: Running | null, options: ImportsOptions): Running {
    const { password, ca } = secretsOf(place, options);
    const key = JSON.stringify([settings, password, ca, options.derivation.key, storeKey(options)]);
    const keptSince = (): number => (this.retentionDays === 0 ? 0 : Date.now() - this.retentionDays * day);
    const { kind } = settings;
    return before?.key === key ? before : { key, kind, importer: importerOf(settings, place, options, keptSince) };
  }

  private end({ importer }: Running): void {
    const ended = importer.close().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }

  private isFilled(gap: Gap, kind: ImportKind): boolean {
    return this.running.some((known) => known?.kind === kind && known.importer.isFilled(gap));
  }
}

function noImport(place: unknown): PluginError {
  return new Refusal([sentence('request.no-import', { place: JSON.stringify(place) ?? '' })], 'downstream');
}

function secretsOf(place: number, { secrets }: ImportsOptions): { password: string; ca: string } {
  return { password: secrets[`importPassword${place}`] ?? '', ca: secrets[`importCACert${place}`] ?? '' };
}

function importerOf(
  settings: ImportSettings,
  place: number,
  options: ImportsOptions,
  keptSince: () => number
): Importer {
  const { csvFolder, derivation, log, names, writer } = options;
  const { server, kind, type } = settings;
  const clock = options.clocks.of(server);
  return new Importer({
    key: importKey(settings),
    server,
    kind,
    type,
    store: () => writer.store,
    write: (task) => writer.run(task),
    open: (signal) =>
      openHistory({ settings, ...secretsOf(place, options), csvFolder, clock, rules: derivation.rules, names }, signal),
    keptSince,
    hourOfPbx: () => new Date(Date.now() + (clock.offsetAt(Date.now()) ?? 0) * 1000).getUTCHours(),
    onFailed: (error) => log.warn('An import failed; it is tried again', { server, kind, type, error }),
  });
}
