import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Logger } from '../../plugin-protocol/log';
import { makePrivateFolder } from '../../store/duckdb/private-files';

const schema = v.object({
  orgId: v.number(),
  uid: v.string(),
  name: v.string(),
  /** What Grafana saved of it; it holds no secret. */
  jsonData: v.unknown(),
  /** Epoch milliseconds of the last change of the settings, by Grafana's clock. */
  updated: v.number(),
  /** False for one that is not listened to before Grafana asks for it: it needs secrets, or was stopped. */
  resumes: v.optional(v.boolean(), true),
  /** The PostgreSQL schema of its calls; empty where a file has them. */
  schema: v.optional(v.string(), ''),
  /** Hours that this program ran since a request was last made for it. */
  idleHours: v.optional(v.number(), 0),
});

/** A data source that this program has served. */
export type KnownInstance = v.InferOutput<typeof schema>;

/**
 * The data sources that this program has served, kept in a file that only its user may read: Grafana hands over the
 * settings of one only with a request for it, and tells nobody when one is deleted.
 */
export class KnownInstances {
  private readonly known = new Map<string, KnownInstance>();
  private saving: Promise<void> = Promise.resolve();
  private isDue = false;

  constructor(
    private readonly folder: string,
    private readonly log: Logger
  ) {}

  get all(): KnownInstance[] {
    return [...this.known.values()];
  }

  get(orgId: number, uid: string): KnownInstance | undefined {
    return this.known.get(keyOf(orgId, uid));
  }

  /** Reads the file. An entry that can't be read is left out and logged; the others stand. */
  async read(): Promise<void> {
    for (const entry of await this.entries()) {
      const result = v.safeParse(schema, entry);
      if (result.success) {
        this.known.set(keyOf(result.output.orgId, result.output.uid), result.output);
      } else {
        this.log.warn('An entry of the known data sources can not be read', { file: this.file });
      }
    }
  }

  put(instance: KnownInstance): void {
    this.known.set(keyOf(instance.orgId, instance.uid), instance);
    this.save();
  }

  forget(orgId: number, uid: string): void {
    if (this.known.delete(keyOf(orgId, uid))) {
      this.save();
    }
  }

  /** Resolves when all that is known is on disk. */
  async saved(): Promise<void> {
    await this.saving;
  }

  private get file(): string {
    return path.join(this.folder, 'instances.json');
  }

  private async entries(): Promise<unknown[]> {
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch {
      return [];
    }
    try {
      const json: unknown = JSON.parse(text);
      return Array.isArray(json) ? json : [];
    } catch (error) {
      this.log.warn('The known data sources can not be read', { file: this.file, error: String(error) });
      return [];
    }
  }

  /** One write at a time; changes that come during one are written together after it. */
  private save(): void {
    if (!this.isDue) {
      this.isDue = true;
      this.saving = this.saving.then(() => {
        this.isDue = false;
        return this.write();
      });
    }
  }

  private async write(): Promise<void> {
    try {
      await makePrivateFolder(this.folder);
      const fresh = `${this.file}.new`;
      const handle = await open(fresh, 'w', 0o600);
      try {
        await handle.chmod(0o600);
        await handle.writeFile(JSON.stringify(this.all));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(fresh, this.file);
    } catch (error) {
      this.log.warn('The known data sources could not be saved', { file: this.file, error: String(error) });
    }
  }
}

export function keyOf(orgId: number, uid: string): string {
  return `${orgId}-${uid}`;
}
