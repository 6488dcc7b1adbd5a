import type { ServerNow } from '../../cdr/server-now';
import { unheardServer } from './servers-heard';

/** PBXes that the settings name. Until one is heard, it is silent since it was named. */
export class ExpectedServers {
  /** Since when, by the steady clock. */
  private since: ReadonlyMap<string, number> = new Map();

  /** These from now on; those that are expected no more. */
  use(servers: readonly string[]): string[] {
    const before = this.since;
    const now = performance.now();
    this.since = new Map(servers.map((server) => [server, before.get(server) ?? now]));
    return [...before.keys()].filter((server) => !this.since.has(server));
  }

  has(server: string): boolean {
    return this.since.has(server);
  }

  /** Those of them that nobody has heard. */
  unheard(known: ReadonlyArray<{ server: string }>): ServerNow[] {
    const names = new Set(known.map(({ server }) => server));
    const now = performance.now();
    return [...this.since]
      .filter(([server]) => !names.has(server))
      .map(([server, since]) => ({ ...unheardServer(server), silentSeconds: Math.round((now - since) / 1000) }));
  }
}
