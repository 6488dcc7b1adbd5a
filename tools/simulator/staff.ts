import type { SavedDirectoryEntry } from '../../src/settings/directory-settings';
import { didOf } from './numbers';
import type { Random } from './random';

/** A person who answers. Seconds and counts as app_queue keeps them; instants in epoch milliseconds. */
export interface Agent {
  extension: string;
  name: string;
  /** `PJSIP/1001`, or `Local/2001@from-queue/n` where the PBX is a FreePBX. */
  interface: string;
  /** The phone whose state counts. */
  device: string;
  queues: string[];
  isLoggedIn: boolean;
  loginAt: number;
  isPaused: boolean;
  pausedReason: string;
  pausedAt: number;
  callsTaken: number;
  lastCallAt: number;
  /** By queue, until when the agent writes up the last call of it. */
  restsUntil: Map<string, number>;
  shift: { from: number; to: number };
}

export interface Queue {
  name: string;
  /** Number that leads to it from outside. */
  exten: string;
  strategy: 'ringall' | 'leastrecent';
  /** Seconds. */
  ringTimeout: number;
  maxWait: number;
  serviceLevel: number;
  /** For how long the queue keeps an agent from its calls after a talk. */
  wrapUp: number;
  /** What the dialplan does before Queue(): answer it, play a menu, or nothing. */
  entry: 'unanswered' | 'answered' | 'menu';
  department: string;
  campaign: string;
}

export const queues: readonly Queue[] = [
  {
    name: 'support',
    exten: '200',
    strategy: 'leastrecent',
    ringTimeout: 15,
    maxWait: 180,
    serviceLevel: 20,
    wrapUp: 30,
    entry: 'unanswered',
    department: '',
    campaign: 'spring',
  },
  {
    name: 'sales',
    exten: '201',
    strategy: 'ringall',
    ringTimeout: 12,
    maxWait: 120,
    serviceLevel: 5,
    wrapUp: 0,
    entry: 'answered',
    department: 'sales',
    campaign: '',
  },
  {
    name: 'billing',
    exten: '202',
    strategy: 'leastrecent',
    ringTimeout: 15,
    maxWait: 150,
    serviceLevel: 20,
    wrapUp: 60,
    entry: 'menu',
    department: 'finance',
    campaign: '',
  },
];

/**
 * The wrap-up times of the queues as an Admin would enter them, seconds.
 * @param speed simulated seconds in a second
 */
export function wrapUpTimes(speed: number): Record<string, number> {
  return Object.fromEntries(
    queues.filter(({ wrapUp }) => wrapUp > 0).map(({ name, wrapUp }) => [name, Math.max(1, Math.round(wrapUp / speed))])
  );
}

// cspell:ignore Liskov Radia Agner Luca Pacioli Müller José García
const people: ReadonlyArray<readonly [extension: string, name: string, queues: string[]]> = [
  ['1001', 'Ada Byron', ['support']],
  ['1002', 'Grace Hopper', ['support']],
  ['1003', 'Edsger Dijkstra', ['support', 'sales']],
  ['1004', 'Barbara Liskov', ['sales']],
  ['1005', 'Donald Knuth', ['sales']],
  ['1006', 'Radia Perlman', ['support']],
  ['1007', 'Agner Erlang', ['sales', 'support']],
  ['2001', 'Luca Pacioli', ['billing']],
  ['2002', 'Zoë Müller', ['billing']],
  ['2003', 'José García', ['billing']],
];

/** Some are in two teams. */
const teams: Readonly<Record<string, readonly string[]>> = {
  'Front desk': ['1001', '1002', '1006', '1007'],
  'Sales team': ['1003', '1004', '1005', '1007'],
  Accounts: ['2001', '2002', '2003'],
};

/** When the call center says that it is open; some agents stay longer. */
export const businessHours: readonly string[] = ['Mon-Fri 08:00-18:00', 'Sat 09:00-13:00'];

/** The directory of the call center, as an Admin would keep it: agents have their names from the wire. */
export const directory: readonly SavedDirectoryEntry[] = [
  ...people.map(([id]) => ({ id, teams: Object.keys(teams).filter((team) => teams[team]!.includes(id)) })),
  ...queues.map(({ name }) => ({
    kind: 'queue' as const,
    id: name,
    name: `${name[0]!.toUpperCase()}${name.slice(1)} line`,
  })),
  { kind: 'number', id: didOf('300'), name: 'Opening hours' },
  ...queues.map(({ name, exten }) => ({
    kind: 'number' as const,
    id: didOf(exten),
    name: `Public number of ${name}`,
  })),
  { kind: 'trunk', id: 'PJSIP/trunk-acme', name: 'Acme Telecom' },
  { kind: 'trunk', id: 'PJSIP/provider-beta', name: 'Beta Networks' },
];

/** The agents of a PBX. Those of billing are called through Local channels, as FreePBX does it. */
export function hireAgents(random: Random): Agent[] {
  return people.map(([extension, name, queueNames], index) => ({
    extension,
    name,
    interface: extension.startsWith('2') ? `Local/${extension}@from-queue/n` : `PJSIP/${extension}`,
    device: `PJSIP/${extension}`,
    queues: queueNames,
    isLoggedIn: false,
    loginAt: 0,
    isPaused: false,
    pausedReason: '',
    pausedAt: 0,
    callsTaken: 0,
    lastCallAt: 0,
    restsUntil: new Map(),
    // One agent of each queue stays over night.
    shift: [0, 4, 7].includes(index)
      ? { from: 0, to: 24 }
      : { from: random.between(7, 9.5), to: random.between(16.5, 20) },
  }));
}
