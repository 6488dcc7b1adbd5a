import type { MemberNow } from '../../cdr/agent-standing';
import { queuesAt, type QueueNow, type QueueStanding } from '../../cdr/queue-board';
import type { LineMember } from '../../cdr/queue-line';
import type { Listener } from '../../listener/listener';
import type { Sharing } from '../../store/sharing';
import { storeClockAhead } from './store-clock';

type Boards = ReadonlyMap<string, readonly QueueStanding[]>;

const stepMs = 1_000;
/** What did not change is kept again after so long, to stay fresh. Milliseconds. */
const refreshMs = 5_000;
/** What others hear is shown for so long where the store can't be read. Milliseconds. */
const staleMs = 15_000;

export interface BoardKeeperOptions {
  listener: Pick<Listener, 'queues' | 'heardNow' | 'membersOf'>;
  /** Null while there is no store. */
  sharing: () => Pick<Sharing, 'isShared' | 'clockOffset' | 'keepBoards' | 'dropBoards' | 'boards'> | null;
  /** Queues of PBXes that others hear have changed. */
  onChanged: () => void;
}

/**
 * Queues as they are now. Where several processes share a store, each keeps those of the PBXes that it hears there, and shows
 * those of the others, so that a Grafana that only answers has a wallboard too.
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

  /** @param now epoch milliseconds */
  queuesNow(now: number): QueueNow[] {
    return queuesAt(this.queues, now);
  }

  /** Every member of every queue. */
  membersNow(): MemberNow[] {
    return this.options.listener.membersOf(this.queues);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private get queues(): QueueStanding[] {
    const { heardNow, queues } = this.options.listener;
    const elsewhere = [...this.others].filter(([server]) => !heardNow.has(server)).flatMap(([, some]) => some);
    return [...queues, ...elsewhere];
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
    const { heardNow, queues } = this.options.listener;
    const byServer = Map.groupBy(movedQueues(queues, storeClockAhead(sharing)), ({ server }) => server);
    const boards = new Map([...heardNow].map((server) => [server, byServer.get(server) ?? []]));
    const isWanted = (server: string, board: readonly QueueStanding[]): boolean =>
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
    return new Map(unheard.map(([server, queues]) => [server, movedQueues(queues, -ahead)]));
  }

  private show(boards: Boards): void {
    const isChanged = JSON.stringify([...boards]) !== JSON.stringify([...this.others]);
    this.others = boards;
    if (isChanged) {
      this.options.onChanged();
    }
  }
}

function movedQueues(queues: readonly QueueStanding[], by: number): readonly QueueStanding[] {
  return queues.map(({ waitingSince, members, ...queue }) => ({
    ...queue,
    waitingSince: waitingSince && waitingSince + by,
    // A process of a version before this one keeps none.
    members: (members ?? []).map((member) => movedMember(member, by)),
  }));
}

function movedMember(member: LineMember, by: number): LineMember {
  const { phoneSince, pausedSince, restsUntil } = member;
  return {
    ...member,
    phoneSince: phoneSince + by,
    pausedSince: pausedSince && pausedSince + by,
    restsUntil: restsUntil && restsUntil + by,
  };
}
