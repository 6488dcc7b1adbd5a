/**
 * Whether a channel can be a person's. A Local channel is Asterisk's own way to itself: who answered behind it stands in
 * another record of the call.
 */
export function isPersonChannel(channel: string): boolean {
  return channel !== '' && !channel.startsWith('Local/');
}
