import type { ExportProgress } from '../../export/export-progress';

/** An export that nobody can ask for any more is no loss: its file tells how it ended. */
const remembered = 100;

/** How far the exports of a data source are, by the id that whoever asked for one chose. */
export class ExportProgresses {
  private readonly byId = new Map<string, ExportProgress>();

  of(id: string): ExportProgress {
    return this.byId.get(id) ?? { state: 'waiting', done: 0, total: 0 };
  }

  /** Those told of last are remembered. */
  tell(id: string, progress: ExportProgress): void {
    this.byId.delete(id);
    this.byId.set(id, progress);
    if (this.byId.size > remembered) {
      this.byId.delete(this.byId.keys().next().value!);
    }
  }
}
