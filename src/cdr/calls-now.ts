import type { CallRules } from './call-rules';
import { channelStates, type Channel } from './channel-board';
import { compareText } from './compare-text';
import type { DirectionInput } from './direction';
import { isPersonChannel } from './person-answer';
import { channelKey } from './queue-line';
import type { Direction } from './record';
import type { WaitingCaller } from './waiting-caller';

/**
 * What a call in progress does: a phone is called but does not ring yet, rings, the caller waits in a queue, hears an application
 * (a menu, an announcement, voicemail, the dialplan between two others), two persons talk, or one has put the other on hold.
 */
export const callStates = ['dialing', 'ringing', 'waiting', 'application', 'talking', 'on hold'] as const;
export type CallState = (typeof callStates)[number];

/** A call in progress. Times in epoch milliseconds; a text that is not known is empty. */
export interface CallNow {
  server: string;
  /** Of its first channel: what the stored call will bear. */
  linkedId: string;
  state: CallState;
  /** When that state began. */
  since: number;
  startTime: number;
  direction: Direction;
  source: string;
  callerName: string;
  /** Number first dialled. */
  destination: string;
  /** Queue in which the caller waits or that it came through last. */
  queue: string;
  /** Channel that waits there; empty where none does. */
  waitingId: string;
  trunk: string;
  /** Who called out or a colleague. */
  callingAgent: string;
  /** Who talks; sorted. */
  agents: string[];
  /** Whose phones ring; sorted. */
  ringing: string[];
  accountCode: string;
}

type Rules = Pick<CallRules, 'agent' | 'member' | 'direction' | 'trunk' | 'callingAgent'>;
type Group = readonly Readonly<Channel>[];

/** The calls that channels make up, the one that began first first, with callers of whose channels nothing was heard. */
export function callsNow(
  channels: Iterable<Readonly<Channel>>,
  waiting: readonly WaitingCaller[],
  rules: Rules
): CallNow[] {
  const places = new Map(waiting.map((caller) => [channelKey(caller.server, caller.uniqueId), caller]));
  const known = new Set<string>();
  const calls: CallNow[] = [];
  for (const group of groupsOf(channels)) {
    group.forEach(({ server, uniqueId }) => known.add(channelKey(server, uniqueId)));
    const call = callOf(group, places, rules);
    if (call) {
      calls.push(call);
    }
  }
  const unheard = waiting.filter(({ server, uniqueId }) => !known.has(channelKey(server, uniqueId)));
  return [...calls, ...unheard.map(unheardCall)].sort(
    (a, b) => a.startTime - b.startTime || compareText(a.linkedId, b.linkedId)
  );
}

/** Channels of one call: those of one linked id, and those that hear each other. */
function groupsOf(channels: Iterable<Readonly<Channel>>): Iterable<Group> {
  const all = [...channels];
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) {
      root = parent;
    }
    if (root !== key) {
      parents.set(key, root);
    }
    return root;
  };
  for (const { server, linkedId, bridge } of all) {
    const [call, talk] = [rootOf(`call|${server}|${linkedId}`), rootOf(`bridge|${server}|${bridge}`)];
    if (bridge !== '' && call !== talk) {
      parents.set(call, talk);
    }
  }
  return Map.groupBy(all, ({ server, linkedId }) => rootOf(`call|${server}|${linkedId}`)).values();
}

/** Null where no person has a part in it. */
function callOf(group: Group, places: ReadonlyMap<string, WaitingCaller>, rules: Rules): CallNow | null {
  const persons = group.filter(({ name }) => isPerson(name)).sort(byAge);
  const [caller, ...others] = persons;
  if (!caller) {
    return null;
  }
  const place = group.map(({ server, uniqueId }) => places.get(channelKey(server, uniqueId))).find(Boolean);
  const party = others.find(isBridged) ?? others[0];
  const input: DirectionInput = {
    ...{ channel: caller.name, destinationChannel: party?.name ?? '', destinationContext: caller.context },
    ...{ source: caller.number, destination: caller.extension, accountCode: caller.accountCode },
    ...{ lastApplication: party ? 'Dial' : '', lastData: '' },
  };
  const { direction } = rules.direction(input);
  const { state, since } = stateOf(persons, place);
  const isTalking = state === 'talking' || state === 'on hold';
  return {
    server: caller.server,
    linkedId: caller.linkedId,
    state,
    since,
    startTime: caller.startTime,
    direction,
    source: caller.number,
    callerName: caller.callerName === caller.number ? '' : caller.callerName,
    destination: dialed(caller, party),
    waitingId: place?.uniqueId ?? '',
    queue: place?.queue ?? group.findLast(({ queue }) => queue !== '')?.queue ?? '',
    trunk: rules.trunk(input, direction),
    callingAgent: rules.callingAgent({ channel: caller.name, direction, custom: {} }),
    agents: isTalking
      ? agentsOf(
          group.filter((channel) => channel !== caller && isBridged(channel)),
          rules
        )
      : [],
    ringing: agentsOf(group.filter(isRinging), rules),
    accountCode: caller.accountCode,
  };
}

/** Number that the caller dialled; of a call that the PBX itself sets up, which begins nowhere, that of the phone that is called. */
function dialed({ extension }: Readonly<Channel>, party: Readonly<Channel> | undefined): string {
  return extension === 's' || extension === '' ? (party?.number ?? '') : extension;
}

/** @param persons channels of persons, the one that began first first */
function stateOf(persons: Group, place: WaitingCaller | undefined): Pick<CallNow, 'state' | 'since'> {
  const talkSince = persons
    .filter(isBridged)
    .map(({ bridgedAt }) => bridgedAt!)
    .sort(ascending)[1];
  const [heldSince] = persons.flatMap(({ heldAt }) => heldAt ?? []).sort(ascending);
  const [ringsSince] = persons
    .filter(isRinging)
    .map(({ since }) => since)
    .sort(ascending);
  const called = persons.find(({ state }) => state === channelStates.down || state === channelStates.dialing);
  if (heldSince !== undefined) {
    return { state: 'on hold', since: heldSince };
  }
  if (talkSince !== undefined) {
    return { state: 'talking', since: talkSince };
  }
  if (place) {
    return { state: 'waiting', since: place.since };
  }
  if (ringsSince !== undefined) {
    return { state: 'ringing', since: ringsSince };
  }
  return called ? { state: 'dialing', since: called.since } : { state: 'application', since: persons[0]!.since };
}

/** A caller who waited before anything of the channel was heard. */
export function unheardCall({ server, uniqueId, queue, number, name, since }: WaitingCaller): CallNow {
  return {
    ...{ server, linkedId: uniqueId, state: 'waiting', since, startTime: since, direction: 'unknown' },
    ...{ source: number, callerName: name, destination: '', queue, waitingId: uniqueId, trunk: '' },
    ...{ callingAgent: '', agents: [], ringing: [], accountCode: '' },
  };
}

/** The agents of phones, and of queue members behind Local channels; members themselves where they are all that is known. */
function agentsOf(channels: Group, rules: Rules): string[] {
  const agents = channels.map(({ name, member }) => rules.agent(isPerson(name) ? name : member)).filter(Boolean);
  const found = agents.length > 0 ? agents : channels.flatMap(({ member }) => (member ? rules.member(member) : []));
  return [...new Set(found)].sort(compareText);
}

/** Asterisk counts its channels, so that the order of those that began in one millisecond is known. */
function byAge(a: Readonly<Channel>, b: Readonly<Channel>): number {
  const [ofA, ofB] = [a, b].map(({ uniqueId }) => Number(/\.(\d+)$/.exec(uniqueId)?.[1] ?? NaN));
  return ofA! - ofB! || a.startTime - b.startTime;
}

const ascending = (a: number, b: number): number => a - b;
const isBridged = ({ bridge }: Readonly<Channel>): boolean => bridge !== '';
const isRinging = ({ bridge, state }: Readonly<Channel>): boolean => bridge === '' && state === channelStates.ringing;

/** Channels that Asterisk makes for itself: announcers and recorders of conferences, snoopers, messages without a call. */
const ownChannel = /^(?:Announcer|CBAnn|CBRec|Message|MulticastRTP|Recorder|Snoop|Surrogate|UnicastRTP)\//;
const isPerson = (name: string): boolean => isPersonChannel(name) && !ownChannel.test(name);
