import { longestStretch, type AgentStretch } from './agent-presence';
import { joinSpans, type Span } from './spans';

/**
 * The times of agents that several processes saw, each from when it saw them first: those of the same agent in the same
 * state are one, and each ends where the next one begins, so that no time counts twice.
 */
export function joinStretches(stretches: readonly AgentStretch[]): AgentStretch[] {
  const agents = Map.groupBy(stretches, ({ server, agent }) => JSON.stringify([server, agent]));
  return [...agents.values()].flatMap((some) => withoutOverlaps(joinAlike(some)));
}

function joinAlike(stretches: readonly AgentStretch[]): AgentStretch[] {
  const alike = Map.groupBy(stretches, ({ queues, paused, pauseReason, wrapUp, startTime }) =>
    // A shift is cut into quarters of an hour.
    JSON.stringify([queues, paused, pauseReason, wrapUp, Math.floor(startTime / longestStretch)])
  );
  return [...alike.values()].flatMap((some) => {
    const spans = some.map(({ startTime, endTime }): Span => [startTime, endTime]);
    return joinSpans(spans, 0).map(([startTime, endTime]) => ({ ...some.at(-1)!, startTime, endTime }));
  });
}

function withoutOverlaps(stretches: readonly AgentStretch[]): AgentStretch[] {
  const sorted = [...stretches].sort((a, b) => a.startTime - b.startTime);
  return sorted.flatMap((stretch, index) => {
    const endTime = Math.min(stretch.endTime, sorted[index + 1]?.startTime ?? Infinity);
    return endTime > stretch.startTime ? [{ ...stretch, endTime }] : [];
  });
}
