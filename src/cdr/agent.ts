import { compilePattern } from './direction';

/**
 * Patterns whose first group is the agent: the extension of FreePBX's Local agent and of a SIP or IAX2 phone, the
 * interface of phones that have no extension in their name. A channel's name ends in a number of its own: hexadecimal,
 * in decimal with IAX2, DAHDI and MGCP, after a comma or @ nowhere. Source: the channel drivers of Asterisk 11 to 22.
 */
export const defaultAgentPatterns = [
  '^Local/([^@]+)@from-queue',
  '^(?:SIP|PJSIP)/(.+?)(?:-[0-9a-f]{8,})?$',
  '^IAX2/(.+?)(?:-\\d+)?$',
  '^((?:SCCP|Skinny|UNISTIM|H323|OOH323|Motif|Console)/.+?)(?:-(?:0x)?[0-9a-fA-F]+)?$',
  '^((?:DAHDI|Zap|MGCP|mISDN)/\\d[^-]*?)(?:-\\d+)?$',
  '^(Agent/.+)$',
];

/**
 * Compiles the patterns into a function from a channel or a queue member's interface to the agent, empty where no
 * pattern matches or the channel leads outside.
 */
export function agentOf(
  patterns: readonly string[],
  isExternal: (channel: string) => boolean
): (channelOrInterface: string) => string {
  const compiled = patterns.map(compilePattern);
  const known = new Map<string, string>();
  return (channel) => {
    if (channel === '') {
      return '';
    }
    let agent = known.get(channel);
    if (agent === undefined) {
      agent = isExternal(channel) ? '' : firstGroup(compiled, channel);
      if (known.size >= 10_000) {
        known.clear();
      }
      known.set(channel, agent);
    }
    return agent;
  };
}

/** A channel's name without the number that Asterisk puts behind each one: what a queue member's interface looks like. */
export function interfaceOf(channel: string): string {
  return channel.replace(/-[0-9a-fA-F]{8,}(;[12])?$/, '');
}

function firstGroup(patterns: ReadonlyArray<ReturnType<typeof compilePattern>>, text: string): string {
  for (const pattern of patterns) {
    const matcher = pattern.matcher(text);
    if (matcher.find()) {
      return matcher.group(1) ?? '';
    }
  }
  return '';
}
