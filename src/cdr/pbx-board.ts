import type { CallNow } from './calls-now';
import type { QueueStanding } from './queue-board';

/** What goes on at PBXes, until the next event of them. */
export interface PbxBoard {
  queues: readonly QueueStanding[];
  calls: readonly CallNow[];
}

/** A board at a moment, epoch milliseconds. */
export interface BoardNow extends PbxBoard {
  now: number;
}

/** The boards of each PBX. */
export function boardsByServer({ queues, calls }: PbxBoard, servers: Iterable<string>): Map<string, PbxBoard> {
  const [ofQueues, ofCalls] = [Map.groupBy(queues, serverOf), Map.groupBy(calls, serverOf)];
  return new Map(
    [...servers].map((server) => [server, { queues: ofQueues.get(server) ?? [], calls: ofCalls.get(server) ?? [] }])
  );
}

/** Boards of several PBXes as one. */
export function joinBoards(boards: Iterable<PbxBoard>): PbxBoard {
  const all = [...boards];
  return { queues: all.flatMap(({ queues }) => queues), calls: all.flatMap(({ calls }) => calls) };
}

/** The same board by a clock that is so many milliseconds ahead. */
export function movedBoard({ queues, calls }: PbxBoard, by: number): PbxBoard {
  return {
    queues: queues.map((queue) => ({
      ...queue,
      members: queue.members.map((member) => ({
        ...member,
        phoneSince: member.phoneSince + by,
        pausedSince: member.pausedSince && member.pausedSince + by,
        restsUntil: member.restsUntil && member.restsUntil + by,
      })),
      callers: queue.callers.map((caller) => ({ ...caller, since: caller.since + by })),
    })),
    calls: calls.map((call) => ({ ...call, since: call.since + by, startTime: call.startTime + by })),
  };
}

const serverOf = ({ server }: { server: string }): string => server;
