/** An event of the classes `call` and `agent`, as far as it shows the state of a channel. */
export interface CallEvent {
  name: string;
  fields: Readonly<Record<string, string>>;
}

/** Asterisk's `AST_STATE_UP`. */
const up = '6';

/**
 * True where the channel that an event names had been answered by then, by a person or by the dial plan. Asterisk writes a
 * record of such a channel, whatever cdr.conf says.
 */
export function isAnswered({ name, fields }: CallEvent): boolean {
  return name === 'AgentComplete' || fields.ChannelState === up;
}
