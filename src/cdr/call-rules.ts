import { agentOf } from './agent';
import { callingAgentOf } from './calling-agent';
import {
  channelMatcher,
  directionOf,
  type DirectionDecision,
  type DirectionInput,
  type DirectionRule,
} from './direction';
import type { CdrRecord, Direction } from './record';
import { trunkOf } from './trunk';

/** The data source's rules, compiled: what a record and a call are told apart by. */
export interface CallRules {
  direction: (record: DirectionInput) => DirectionDecision;
  /** Extension of a channel or of a queue member's interface. */
  agent: (channelOrInterface: string) => string;
  /** Agent of a queue member: by the same patterns, else the interface itself. */
  member: (memberInterface: string) => string;
  /** Endpoint of the channel that leads outside; empty where none does. */
  trunk: (record: DirectionInput, direction: Direction) => string;
  /** Agent who called out or a colleague; empty for calls from outside. */
  callingAgent: (record: Pick<CdrRecord, 'channel' | 'direction' | 'custom'>) => string;
}

export interface CallRuleSettings {
  directionRules: readonly DirectionRule[];
  externalChannels: readonly string[];
  agentPatterns: readonly string[];
}

/** @throws Error that names the pattern which does not compile */
export function compileCallRules(settings: CallRuleSettings): CallRules {
  const isExternal = channelMatcher(settings.externalChannels);
  const agent = agentOf(settings.agentPatterns, isExternal);
  return {
    direction: directionOf(settings.directionRules, settings.externalChannels),
    agent,
    member: (memberInterface) => agent(memberInterface) || memberInterface,
    trunk: trunkOf(isExternal),
    callingAgent: callingAgentOf(agent),
  };
}
