/** Who ended a talk from a queue; `transfer`: the agent passed the caller on. */
export const talkEnds = ['caller', 'agent', 'transfer'] as const;
/** Empty where it is not known. */
export type TalkEnd = (typeof talkEnds)[number] | '';

/** From the Reason of an AgentComplete. Source: Asterisk apps/app_queue.c, send_agent_complete. */
export function talkEndOf(reason: string | undefined): TalkEnd {
  return talkEnds.find((end) => end === reason) ?? '';
}
