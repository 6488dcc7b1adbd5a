import { valueOf, type AmiMessage } from '../../tools/bridge/ami-connection';

/** How long what a scenario waits for may take on a busy machine. Milliseconds. */
const patience = 60_000;

/** What a PBX's channels do now, from its AMI events of the classes call and agent. */
export class Channels {
  private readonly ringing = new Set<string>();
  /** By channel, the bridge that it is in. */
  private readonly talking = new Map<string, string>();
  /** Caller's number and queue. */
  private readonly waiting = new Set<string>();
  private readonly watchers = new Set<() => void>();

  hear(message: AmiMessage): void {
    const channel = valueOf(message, 'Channel');
    switch (valueOf(message, 'Event')) {
      case 'Newstate':
        if (valueOf(message, 'ChannelStateDesc') === 'Ringing') {
          this.ringing.add(channel);
        }
        break;
      case 'BridgeEnter':
        this.ringing.delete(channel);
        this.talking.set(channel, valueOf(message, 'BridgeUniqueid'));
        break;
      case 'BridgeLeave':
        this.talking.delete(channel);
        break;
      case 'Hangup':
        this.ringing.delete(channel);
        this.talking.delete(channel);
        break;
      case 'QueueCallerJoin':
        this.waiting.add(caller(message));
        break;
      case 'QueueCallerLeave':
        this.waiting.delete(caller(message));
        break;
    }
    this.watchers.forEach((watch) => watch());
  }

  /** The PBX started again. */
  forget(): void {
    [this.ringing, this.talking, this.waiting].forEach((known) => known.clear());
  }

  /** Channel of a phone, such as `PJSIP/1001`, as soon as it is connected with another one. */
  async talkingOf(phone: string): Promise<string> {
    return this.until(`${phone} talks`, () => [...this.talking.keys()].find((name) => name.startsWith(`${phone}-`)));
  }

  /** The other channel of a conversation. */
  peerOf(channel: string): string {
    const bridge = this.talking.get(channel);
    const peer = [...this.talking.keys()].find((name) => name !== channel && this.talking.get(name) === bridge);
    if (bridge === undefined || peer === undefined) {
      throw new Error(`${channel} talks to nobody.`);
    }
    return peer;
  }

  async ringingOf(phone: string): Promise<string> {
    return this.until(`${phone} rings`, () => [...this.ringing].find((name) => name.startsWith(`${phone}-`)));
  }

  async waitingIn(queue: string, number: string): Promise<void> {
    await this.until(`${number} waits in ${queue}`, () => this.waiting.has(`${number} ${queue}`) || undefined);
  }

  private until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(watch);
        reject(new Error(`Waited in vain until ${what}; now talk: ${[...this.talking.keys()].join(', ')}.`));
      }, patience);
      const watch = (): void => {
        const found = find();
        if (found !== undefined) {
          clearTimeout(timer);
          this.watchers.delete(watch);
          resolve(found);
        }
      };
      this.watchers.add(watch);
      watch();
    });
  }
}

const caller = (message: AmiMessage): string => `${valueOf(message, 'CallerIDNum')} ${valueOf(message, 'Queue')}`;
