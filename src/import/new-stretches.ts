import type { AgentStretch } from '../cdr/agent-presence';
import { withoutSpans, type Span } from '../cdr/spans';

/** What of these stretches is not known: an agent is logged in once, whoever told of it. */
export function newStretches(read: readonly AgentStretch[], known: readonly AgentStretch[]): AgentStretch[] {
  const spans = Map.groupBy(known, keyOf);
  const found: AgentStretch[] = [];
  for (const stretch of read) {
    const own = (spans.get(keyOf(stretch)) ?? []).map(({ startTime, endTime }): Span => [startTime, endTime]);
    const left = withoutSpans([[stretch.startTime, stretch.endTime]], own);
    found.push(
      ...left
        .filter(([startTime, endTime]) => startTime < endTime)
        .map(([startTime, endTime]) => ({ ...stretch, startTime, endTime }))
    );
  }
  return found;
}

const keyOf = ({ server, agent }: AgentStretch): string => `${server}|${agent}`;
