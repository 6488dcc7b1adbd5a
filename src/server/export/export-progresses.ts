import type { ExportProgress } from '../../export/export-progress';

/** More than may run and wait. One that is forgotten is no loss: its file shows how it ended. */
const remembered = 200;

/** How far the exports of a data source are, by the id that its request chose. */
export class ExportProgresses {
  private readonly byId = new Map<string, ExportProgress>();

  of(id: string): ExportProgress {
    return this.byId.get(id) ?? { state: 'waiting', done: 0, total: 0 };
  }

  /** Those that changed last are remembered. */
  set(id: string, progress: ExportProgress): void {
    this.byId.delete(id);
    this.byId.set(id, progress);
    if (this.byId.size > remembered) {
      this.byId.delete(this.byId.keys().next().value!);
    }
  }
}
