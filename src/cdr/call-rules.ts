import { agentOf } from './agent';
import {
  channelMatcher,
  directionOf,
  type DirectionDecision,
  type DirectionInput,
  type DirectionRule,
} from './direction';

/** The data source's rules, compiled: what a record and a call are told apart by. */
export interface CallRules {
  direction: (record: DirectionInput) => DirectionDecision;
  /** Extension of a channel or of a queue member's interface. */
  agent: (channelOrInterface: string) => string;
  /** Agent of a queue member: by the same patterns, else the interface itself. */
  member: (memberInterface: string) => string;
}

export interface CallRuleSettings {
  directionRules: readonly DirectionRule[];
  externalChannels: readonly string[];
  agentPatterns: readonly string[];
}

/** @throws Error that names the pattern which does not compile */
export function compileCallRules(settings: CallRuleSettings): CallRules {
  const agent = agentOf(settings.agentPatterns, channelMatcher(settings.externalChannels));
  return {
    direction: directionOf(settings.directionRules, settings.externalChannels),
    agent,
    member: (memberInterface) => agent(memberInterface) || memberInterface,
  };
}
