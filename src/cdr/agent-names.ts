import type { CallRules } from './call-rules';
import { cleanName } from './directory';
import { mappedText } from './mapped-text';
import type { CdrRecord } from './record';

type Fields = Readonly<Record<string, string>>;

/** Agents with the names that an event gives: of a queue's member, and of a phone's own call. */
export function agentNames(
  fields: Fields,
  record: CdrRecord | undefined,
  rules: Pick<CallRules, 'agent' | 'member'>
): Array<readonly [agent: string, name: string]> {
  const found = record ? ofOwnCall(record, rules) : ofMember(fields, rules);
  return found.filter(([agent, name]) => agent !== '' && isName(name, agent));
}

/**
 * What an event calls a queue's member, and the interface; null where it names none. A member without a name is called by
 * the interface. QueueMember writes Name and Location (seen; Asterisk app_queue).
 */
export function namedMember(fields: Fields): { name: string; interface: string } | null {
  const name = fields.MemberName ?? (fields.Event === 'QueueMember' ? fields.Name : undefined);
  const memberInterface = fields.Interface ?? fields.Location ?? fields.Member;
  return name && memberInterface && name !== memberInterface ? { name, interface: memberInterface } : null;
}

function ofMember(fields: Fields, rules: Pick<CallRules, 'member'>): Array<readonly [string, string]> {
  const member = namedMember(fields);
  return member ? [[rules.member(member.interface), cleanName(member.name)]] : [];
}

/**
 * The name that a phone calls with, where the number is its own: a trunk's number and name are no person's. FreePBX keeps
 * those of the person in `cnum` and `cnam`.
 */
function ofOwnCall(
  { channel, callerId, custom }: CdrRecord,
  rules: Pick<CallRules, 'agent'>
): Array<readonly [string, string]> {
  const agent = rules.agent(channel);
  const [, quoted, plain, number] = /^(?:"((?:[^"\\]|\\.)*)"|([^<]*?))\s*<([^<>]*)>$/s.exec(callerId) ?? [];
  const name = mappedText(custom, 'cnam');
  if (mappedText(custom, 'cnum') === agent && name !== '') {
    return [[agent, cleanName(name)]];
  }
  return number === agent ? [[agent, cleanName(quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? '')]] : [];
}

/** A number, an interface or `<unknown>` is no name. */
function isName(name: string, agent: string): boolean {
  return name !== agent && /\p{L}/u.test(name) && !/^<?unknown>?$/i.test(name) && !/^\w+\/\S*$/.test(name);
}
