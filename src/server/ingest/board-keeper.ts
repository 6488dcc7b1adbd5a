import { boardsByServer, joinBoards, movedBoard, type PbxBoard } from '../../cdr/pbx-board';
import type { Listener } from '../../listener/listener';
import type { Sharing } from '../../store/sharing';
import { storeClockAhead } from './store-clock';

type Boards = ReadonlyMap<string, PbxBoard>;

const stepMs = 1_000;
/** What did not change is kept again after so long, to stay fresh. Milliseconds. */
const refreshMs = 5_000;
/** What others hear is shown for so long where the store can't be read. Milliseconds. */
const staleMs = 15_000;

export interface BoardKeeperOptions {
  listener: Pick<Listener, 'board' | 'heardNow'>;
  /** Null while there is no store. */
  sharing: () => Pick<Sharing, 'isShared' | 'clockOffset' | 'keepBoards' | 'dropBoards' | 'boards'> | null;
  /** What goes on at PBXes that others hear has changed. */
  onChanged: () => void;
}

/**
 * Queues and calls as they are now. Where several processes share a store, each keeps those of the PBXes that it hears there, and
 * shows those of the others, so that a Grafana that only answers has a wallboard too.
 */
export class BoardKeeper {
  private readonly timer = setInterval(() => void this.step(), stepMs);
  private isStepping = false;
  /** What this process keeps in the store of each PBX, as text. */
  private readonly kept = new Map<string, string>();
  private refreshedAt = -Infinity;
  /** PBXes that others hear and this process does not, by our clock. */
  private others: Boards = new Map();
  private readAt = -Infinity;

  constructor(private readonly options: BoardKeeperOptions) {}

  get board(): PbxBoard {
    const { heardNow, board } = this.options.listener;
    const elsewhere = [...this.others].filter(([server]) => !heardNow.has(server)).map(([, other]) => other);
    return joinBoards([board, ...elsewhere]);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async step(): Promise<void> {
    const sharing = this.options.sharing();
    if (this.isStepping || (sharing && !sharing.isShared)) {
      return;
    }
    this.isStepping = true;
    const now = performance.now();
    const isDue = now - this.refreshedAt >= refreshMs;
    try {
      if (sharing) {
        await this.keep(sharing, isDue);
        if (isDue || this.others.size > 0) {
          this.show(await this.read(sharing));
          this.readAt = now;
        }
        this.refreshedAt = isDue ? now : this.refreshedAt;
      }
    } catch {
      // What is wrong with the store is said where it takes nothing; this is tried again in a second.
    } finally {
      this.isStepping = false;
    }
    if (now - this.readAt > staleMs) {
      this.show(new Map());
    }
  }

  /** What changed of the PBXes that this process keeps; when it is due, of all that it hears: nobody else may. */
  private async keep(sharing: Pick<Sharing, 'clockOffset' | 'keepBoards' | 'dropBoards'>, isDue: boolean) {
    const { heardNow, board: heard } = this.options.listener;
    const boards = boardsByServer(movedBoard(heard, storeClockAhead(sharing)), heardNow);
    const isWanted = (server: string, board: PbxBoard): boolean =>
      isDue || (this.kept.has(server) && this.kept.get(server) !== JSON.stringify(board));
    const changed = new Map([...boards].filter(([server, board]) => isWanted(server, board)));
    const own = changed.size > 0 ? await sharing.keepBoards(changed) : new Set<string>();
    changed.forEach((board, server) =>
      own.has(server) ? this.kept.set(server, JSON.stringify(board)) : this.kept.delete(server)
    );
    const gone = [...this.kept.keys()].filter((server) => !heardNow.has(server));
    if (gone.length > 0) {
      await sharing.dropBoards(gone);
      gone.forEach((server) => this.kept.delete(server));
    }
  }

  private async read(sharing: Pick<Sharing, 'clockOffset' | 'boards'>): Promise<Boards> {
    const { heardNow } = this.options.listener;
    const ahead = storeClockAhead(sharing);
    const unheard = [...(await sharing.boards())].filter(([server]) => !heardNow.has(server));
    return new Map(unheard.map(([server, board]) => [server, movedBoard(board, -ahead)]));
  }

  private show(boards: Boards): void {
    const isChanged = JSON.stringify([...boards]) !== JSON.stringify([...this.others]);
    this.others = boards;
    if (isChanged) {
      this.options.onChanged();
    }
  }
}
