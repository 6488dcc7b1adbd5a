import { sentence } from '../../sentences/sentence';
import { personRole, type GrafanaUser } from '../../settings/person-role';
import { Refusal } from '../refusal';

interface Limits {
  /** Channels that one user may open. Whoever is nobody (anonymous, a public dashboard, a machine) is one user together. */
  ofOneUser: number;
  /** Channels that all who are no Editor or Admin may open. */
  ofViewers: number;
  inAll: number;
}

interface Channel {
  path: string;
  user: string;
  isViewers: boolean;
  /** Until when it is kept for a stream that has not begun, epoch milliseconds; null once it runs. */
  keptUntil: number | null;
}

const limitsOfSource: Limits = { ofOneUser: 100, ofViewers: 400, inAll: 500 };

/** Grafana runs a stream at once when it has let a subscriber in. Milliseconds. */
const keptMs = 10_000;

/**
 * The live channels of one data source, and who opened them. Each asks the store again and again, so their number is bounded,
 * and nobody can take them all.
 */
export class LiveChannels {
  private channels: Channel[] = [];

  constructor(private readonly limits = limitsOfSource) {}

  /** Whether someone may listen to a channel: it is open, or there is room for it, which is kept for its stream. */
  admit(path: string, user: GrafanaUser | undefined, now: number): boolean {
    return (
      this.channels.some((open) => open.path === path && open.keptUntil === null) ||
      this.open(path, user, now, now + keptMs) !== null
    );
  }

  /**
   * Runs the stream of a channel.
   * @throws PluginError when there is no room for it
   */
  async run(path: string, user: GrafanaUser | undefined, work: () => Promise<void>): Promise<void> {
    const channel = this.open(path, user, Date.now(), null);
    if (!channel) {
      const { ofOneUser: ofOne, inAll } = this.limits;
      throw new Refusal([sentence('request.live-full', { ofOne, inAll })], 'downstream', 429);
    }
    try {
      await work();
    } finally {
      this.channels = this.channels.filter((open) => open !== channel);
    }
  }

  /** Null where there is no room. */
  private open(path: string, user: GrafanaUser | undefined, now: number, keptUntil: number | null): Channel | null {
    const role = personRole(user);
    const isViewers = role !== 'Admin' && role !== 'Editor';
    const channel = { path, user: role === '' ? '' : user!.login, isViewers, keptUntil };
    this.channels = this.channels.filter(
      (open) => open.keptUntil === null || (open.keptUntil >= now && open.path !== path)
    );
    const count = (isOne: (open: Channel) => boolean): number => this.channels.filter(isOne).length;
    const isFull =
      this.channels.length >= this.limits.inAll ||
      count((open) => open.user === channel.user) >= this.limits.ofOneUser ||
      (isViewers && count((open) => open.isViewers) >= this.limits.ofViewers);
    if (isFull) {
      return null;
    }
    this.channels.push(channel);
    return channel;
  }
}
