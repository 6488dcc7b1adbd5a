import type { PresentAgent } from './agent-presence';
import type { CallRules } from './call-rules';
import { callsNow } from './calls-now';
import { ChannelBoard } from './channel-board';
import { OlderChannelEvents } from './older-channel-events';
import type { PbxBoard } from './pbx-board';
import { QueueBoard, waitingIn } from './queue-board';

type Fields = Readonly<Record<string, string>>;

/** Queues and calls of all PBXes as their events tell them. */
export class LiveBoard {
  private readonly queues: QueueBoard;
  private readonly channels = new ChannelBoard();
  private readonly older = new OlderChannelEvents();
  /** What was made of both since they changed last. */
  private made: { rules: CallRules; board: PbxBoard } | null = null;

  /** @param wrapUpOf seconds for which a queue keeps members from calls after each talk */
  constructor(wrapUpOf?: (queue: string) => number) {
    this.queues = new QueueBoard(wrapUpOf);
  }

  /**
   * True when the event changed the board.
   *
   * @param at by our clock, epoch milliseconds
   * @param ahead milliseconds that the PBX's clock is ahead of ours
   */
  apply(server: string, name: string, fields: Fields, at: number, ahead = 0): boolean {
    const isChanged = this.older
      .ofToday(server, name, fields)
      .flatMap(([ofToday, said]) => [
        this.queues.apply(server, ofToday, said, at, ahead),
        this.channels.apply(server, ofToday, said, at, ahead),
      ])
      .includes(true);
    this.made = isChanged ? null : this.made;
    return isChanged;
  }

  /** As it is until the next event. */
  board(rules: CallRules): PbxBoard {
    if (this.made?.rules !== rules) {
      const queues = this.queues.standing;
      this.made = { rules, board: { queues, calls: callsNow(this.channels.channels, waitingIn(queues), rules) } };
    }
    return this.made!.board;
  }

  /** Who is logged in on each PBX; `agentOf` gives the extension of a member's interface. */
  agents(agentOf: (memberInterface: string) => string, now: number): PresentAgent[] {
    return this.queues.agents(agentOf, now);
  }

  /** When the first of those who write up a talk is done with it; `Infinity` where nobody does. */
  restsUntil(now: number): number {
    return this.queues.restsUntil(now);
  }

  /** Entries that found no room. */
  get refused(): number {
    return this.queues.refused + this.channels.refused;
  }

  /** Forgets a PBX that is not heard any more, or has started again: its board is not known. */
  forget(server: string): void {
    this.made = null;
    this.queues.forget(server);
    this.channels.forget(server);
  }

  /** Nothing is known any more. */
  clear(): void {
    this.made = null;
    this.queues.clear();
    this.channels.clear();
  }
}
