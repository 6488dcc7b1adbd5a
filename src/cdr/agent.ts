import { compilePattern } from './direction';

/** Patterns whose first group is the extension: a phone's channel or interface, and FreePBX's Local agent. */
export const defaultAgentPatterns = ['^Local/([^@]+)@from-queue', '^(?:SIP|PJSIP|IAX2)/(.+?)(?:-[0-9a-f]{8,})?$'];

/**
 * Compiles the patterns into a function from a channel or a queue member's interface to the agent's extension, empty
 * where no pattern matches or the channel leads outside.
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

function firstGroup(patterns: ReadonlyArray<ReturnType<typeof compilePattern>>, text: string): string {
  for (const pattern of patterns) {
    const matcher = pattern.matcher(text);
    if (matcher.find()) {
      return matcher.group(1) ?? '';
    }
  }
  return '';
}
