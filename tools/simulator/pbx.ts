import { channelFields, type Channel, type ChannelState } from './channel';
import { hireAgents, queues, type Agent } from './staff';
import { QueueLine } from './queue-line';
import type { Random } from './random';
import type { Timeline } from './timeline';
import { wireFrame, type Fields, type TimedFrame } from './wire';

export interface PbxOptions {
  server: string;
  /** IANA zone of the PBX's wall clock. */
  zone: string;
  /** Whether manager.conf says `timestampevents = yes`. */
  timestampEvents: boolean;
}

type DeviceState = 'NOT_INUSE' | 'INUSE' | 'RINGING' | 'RINGINUSE' | 'BUSY';

/** Numbers of app_queue's QueueMemberStatus. */
const memberStatus: Record<DeviceState, number> = { NOT_INUSE: 1, INUSE: 2, BUSY: 3, RINGING: 6, RINGINUSE: 7 };

/** One Asterisk: its channels, agents and queues, and the AMI events that their changes give. */
export class Pbx {
  readonly agents: Agent[];
  readonly lines: ReadonlyMap<string, QueueLine>;
  private readonly devices = new Map<string, DeviceState>();
  private readonly open = new Set<Channel>();
  private uniqueCount = 0;
  private channelCount = 0;
  private sequenceCount = 0;

  constructor(
    readonly id: number,
    readonly options: PbxOptions,
    readonly random: Random,
    readonly timeline: Timeline,
    private readonly write: (frame: TimedFrame) => void
  ) {
    this.agents = hireAgents(random);
    this.lines = new Map(queues.map((queue) => [queue.name, new QueueLine(queue)]));
  }

  get now(): number {
    return this.timeline.now;
  }

  emit(name: string, privilege: 'call' | 'agent' | 'cdr', fields: Fields): void {
    const timestamp: Fields = this.options.timestampEvents ? { Timestamp: (this.now / 1000).toFixed(6) } : {};
    const { server } = this.options;
    const data = { Event: name, Privilege: `${privilege},all`, ...timestamp, ...fields };
    this.write({ at: Math.round(this.now), server, frame: wireFrame('event', this.id, server, data) });
  }

  nextSequence(): number {
    return this.sequenceCount++;
  }

  /** `epochseconds.n`: the instant is the channel's start in UTC. */
  private nextUniqueId(): string {
    return `${Math.floor(this.now / 1000)}.${this.uniqueCount++}`;
  }

  /** Two halves of a Local channel share the number and differ in what follows it. */
  nextChannelNumber(): string {
    return (this.channelCount++).toString(16).padStart(8, '0');
  }

  newChannel(
    device: string,
    of: Pick<Channel, 'number' | 'callerName' | 'context' | 'exten' | 'state'> & {
      linkedId?: string;
      suffix?: string;
      did?: string;
    }
  ): Channel {
    const uniqueId = this.nextUniqueId();
    const channel: Channel = {
      name: `${device}-${of.suffix ?? this.nextChannelNumber()}`,
      device,
      uniqueId,
      linkedId: of.linkedId ?? uniqueId,
      number: of.number,
      callerName: of.callerName,
      did: of.did ?? '',
      cnum: of.number,
      cnam: of.callerName,
      connectedNumber: '<unknown>',
      connectedName: '<unknown>',
      context: of.context,
      exten: of.exten,
      priority: 1,
      state: of.state,
      startedAt: this.now,
      answeredAt: null,
      sequence: this.nextSequence(),
    };
    this.open.add(channel);
    this.emit('Newchannel', 'call', channelFields(channel));
    return channel;
  }

  setState(channel: Channel, state: ChannelState): void {
    channel.state = state;
    if (state === 'Up') {
      channel.answeredAt ??= this.now;
    }
    this.emit('Newstate', 'call', channelFields(channel));
  }

  /** Who each side sees on the display. */
  connectLines(caller: Channel, called: Channel): void {
    called.connectedNumber = caller.number;
    called.connectedName = caller.callerName;
    this.emit('NewConnectedLine', 'call', channelFields(called));
  }

  setDevice(device: string, state: DeviceState): void {
    if ((this.devices.get(device) ?? 'NOT_INUSE') === state) {
      return;
    }
    this.devices.set(device, state);
    this.emit('DeviceStateChange', 'call', { Device: device, State: state });
    const agent = this.agents.find((candidate) => candidate.device === device);
    agent?.queues.forEach((queue) => this.memberEvent('QueueMemberStatus', queue, agent));
  }

  deviceState(device: string): DeviceState {
    return this.devices.get(device) ?? 'NOT_INUSE';
  }

  memberEvent(name: string, queue: string, agent: Agent): void {
    if (agent.isLoggedIn || name === 'QueueMemberRemoved') {
      this.emit(name, 'agent', { Queue: queue, ...this.memberFields(agent) });
    }
  }

  /** The fields of a queue member in Asterisk's order. */
  memberFields(agent: Agent): Record<string, string | number> {
    const seconds = (instant: number): number => Math.floor(instant / 1000);
    return {
      MemberName: agent.name,
      Interface: agent.interface,
      StateInterface: agent.device,
      Membership: 'dynamic',
      Penalty: 0,
      CallsTaken: agent.callsTaken,
      LastCall: seconds(agent.lastCallAt),
      LastPause: seconds(agent.pausedAt),
      LoginTime: seconds(agent.loginAt),
      InCall: this.deviceState(agent.device) === 'INUSE' ? 1 : 0,
      Status: memberStatus[this.deviceState(agent.device)],
      Paused: agent.isPaused ? 1 : 0,
      PausedReason: agent.pausedReason,
      Ringinuse: 0,
      Wrapuptime: 0,
    };
  }

  /** Agents of a queue who can be rung now, the one who has waited longest first. */
  freeAgents(queue: string): Agent[] {
    return this.agents
      .filter(
        (agent) =>
          agent.queues.includes(queue) &&
          agent.isLoggedIn &&
          !agent.isPaused &&
          (agent.restsUntil.get(queue) ?? 0) <= this.now &&
          this.deviceState(agent.device) === 'NOT_INUSE'
      )
      .sort((a, b) => a.lastCallAt - b.lastCallAt);
  }

  /** Every call ends, as when its lines are cut. */
  hangupAll(): void {
    this.open.forEach((channel) => this.hangup(channel, 38));
  }

  hangup(channel: Channel, cause: HangupCause): void {
    this.open.delete(channel);
    this.emit('Hangup', 'call', { ...channelFields(channel), Cause: cause, 'Cause-txt': causeTexts[cause] });
  }
}

/** ITU-T Q.850 causes with Asterisk's texts (causes.h). */
export const causeTexts = {
  0: 'Unknown',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  20: 'Subscriber absent',
  26: 'Answered elsewhere',
  34: 'Circuit/channel congestion',
  38: 'Network out of order',
} as const;
export type HangupCause = keyof typeof causeTexts;
