import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Subscription } from 'rxjs';
import { connectAmi } from '../../src/ami/connect-ami';
import type { AmiEvent } from '../../src/amiws/event';
import { setupSeen } from '../../src/server/ask/setup-seen';
import { PluginMetrics } from '../../src/server/plugin-metrics';
import type { DataSource } from '../../src/server/sources/data-source';
import { DataSources } from '../../src/server/sources/data-sources';
import { setupChecks } from '../../src/setup/setup-checks';
import { connectAmi as connectScript } from '../../tools/bridge/ami-connection';
import { quietLog } from '../support/quiet-log';
import type { Asterisk } from './asterisk';
import type { Installation } from './installation';

const classes = ['system', 'call', 'agent', 'cdr'] as const;
type ReadClass = (typeof classes)[number];

/** What each class brings at least of what the calls below make an Asterisk send and something here reads. */
const broughtBy: Readonly<Record<ReadClass, readonly string[]>> = {
  system: ['FullyBooted'],
  call: ['BridgeEnter', 'BridgeLeave', 'DialEnd', 'Hangup', 'Newchannel', 'Newstate'],
  agent: [
    ...['AgentCalled', 'AgentComplete', 'AgentConnect', 'QueueCallerAbandon', 'QueueCallerJoin', 'QueueCallerLeave'],
    ...['QueueMemberAdded', 'QueueMemberPause', 'QueueMemberRemoved', 'QueueMemberStatus'],
  ],
  cdr: ['Cdr'],
};
/** What the check list calls the lack of each. */
const checkOf = { system: 'systemClass', call: 'callClass', agent: 'agentClass', cdr: 'cdrEvents' } as const;
const limited = classes.map((left) => `no-${left}`);

const account = (name: string, read: readonly string[]): string =>
  [`[${name}]`, 'secret = CHANGE-ME', `read = ${read.join(',')}`, 'write ='].join('\n');

/** One user with all classes whose events are not filtered, and those that lack one class each. */
export const usersOfRights = [
  account('all', classes),
  ...classes.map((left) =>
    account(
      `no-${left}`,
      classes.filter((name) => name !== left)
    )
  ),
].join('\n\n');

/** What the rights of an AMI user let through, and that it can be given others while it is logged in. */
export function describeRights({ ami: port, version }: Installation, asterisk: () => Asterisk): void {
  const address = { host: '127.0.0.1', port, tls: false, secret: 'CHANGE-ME' };
  const cleanups: Array<() => unknown> = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) {
      await cleanup();
    }
  });

  /** The events that each user hears from now on. */
  async function listen(users: readonly string[]): Promise<(user: string) => AmiEvent[]> {
    const heard = new Map<string, AmiEvent[]>(users.map((user) => [user, []]));
    const up = new Set<string>();
    const all = new Subscription();
    cleanups.push(() => all.unsubscribe());
    for (const user of users) {
      all.add(
        connectAmi({ ...address, server: 'pbx', user }).subscribe((signal) => {
          if (signal.kind === 'frame' && signal.frame.kind === 'event') {
            heard.get(user)!.push(signal.frame);
          } else if (signal.kind === 'server' && signal.state === 'up') {
            up.add(user);
          }
        })
      );
    }
    await until(() => up.size === users.length);
    return (user) => heard.get(user)!;
  }

  /** A caller whom an agent serves, who was paused, and two who give up, all heard by the user `all`. */
  async function makeCalls(heard: (user: string) => AmiEvent[]): Promise<void> {
    const count = (name: string): number => heard('all').filter((event) => event.name === name).length;
    const script = await connectScript(
      { name: 'pbx', host: '127.0.0.1', port, user: 'script', secret: 'script' },
      () => undefined
    );
    cleanups.push(() => script.close());
    const member = { Queue: 'nobody', Interface: 'Local/300@from-trunk/n' };
    const call = (extension: string, seconds: number): void =>
      script.send({
        ...{ Action: 'Originate', Async: 'true', Channel: `Local/${extension}@from-trunk/n` },
        ...{ CallerID: '"Zoe" <5550101>', Application: 'Wait', Data: String(seconds) },
      });
    script.send({ Action: 'QueueAdd', ...member, MemberName: 'Ada' });
    script.send({ Action: 'QueuePause', ...member, Paused: 'true' });
    script.send({ Action: 'QueuePause', ...member, Paused: 'false' });
    call('276', 8);
    call('210', 2);
    call('210', 2);
    await until(() => count('AgentComplete') === 1 && count('QueueCallerAbandon') === 2);
    await until(() => count('Newchannel') === count('Hangup') && count('Cdr') >= 4);
    script.send({ Action: 'QueueRemove', ...member });
    await until(() => count('QueueMemberRemoved') === 1);
  }

  /** A data source with a PBX for each user, and how its settings are saved with another secret. */
  async function dataSource(
    users: readonly string[]
  ): Promise<{ source: DataSource; save: (secret: string) => Promise<unknown> }> {
    const folder = await mkdtemp(path.join(tmpdir(), 'rights-'));
    const sources = new DataSources(folder, new PluginMetrics(), quietLog);
    cleanups.push(async () => {
      await sources.stop();
      await rm(folder, { recursive: true, force: true });
    });
    let updated = 0;
    const save = (secret: string): Promise<DataSource> =>
      sources.get({
        orgId: 1,
        pluginId: 'amiws-cdr-datasource',
        dataSource: {
          ...{ id: 1, uid: 'rights', name: 'PBX', url: '', updated: updated++ },
          jsonData: {
            connection: 'ami',
            pbxes: users.map((user) => ({ server: user, host: '127.0.0.1', port, user })),
          },
          secureJsonData: Object.fromEntries(users.map((_, place) => [`pbxSecret${place}`, secret])),
        },
      });
    const source = await save('CHANGE-ME');
    await until(() =>
      users.every((user) => source.servers.some(({ server, state }) => server === user && state === 'up'))
    );
    return { source, save };
  }

  it('sends by each read class what setup.md says, and what QueueStatus asks for without any', async () => {
    const heard = await listen(['all', ...limited]);
    await makeCalls(heard);
    const ofClass = (name: ReadClass, user: string): string[] => {
      const events = heard(user).filter(({ fields }) => fields.Privilege?.split(',').includes(name));
      return [...new Set(events.map((event) => event.name))].sort();
    };
    // What comes last shows that all before it has come.
    await until(() =>
      limited.every((user) =>
        user === 'no-agent'
          ? ofClass('cdr', user).length > 0
          : heard(user).some((event) => event.name === 'QueueMemberRemoved')
      )
    );
    for (const name of classes) {
      expect(ofClass(name, 'all')).toEqual(expect.arrayContaining([...broughtBy[name]]));
      expect(ofClass(name, `no-${name}`)).toEqual([]);
    }
    const ofNoClass = (user: string): string[] =>
      heard(user)
        .filter(({ fields }) => fields.Privilege === undefined)
        .map((event) => event.name);
    for (const user of ['all', ...limited]) {
      expect(ofNoClass(user)).toEqual(expect.arrayContaining(['QueueParams', 'QueueMember', 'QueueStatusComplete']));
    }
  });

  it('leaves out by the event filter of the check list nothing that is read', async () => {
    const heard = await listen(['all', 'grafana']);
    await makeCalls(heard);
    await until(() => heard('grafana').some(({ name }) => name === 'QueueMemberRemoved'));
    const ofCalls = (user: string): string[] =>
      heard(user)
        .filter(({ name, fields }) => fields.Privilege !== undefined && name !== 'FullyBooted')
        .map(({ name, fields }) => `${name} ${fields.Uniqueid ?? fields.UniqueID ?? ''}`)
        .sort();
    expect(ofCalls('grafana')).toEqual(ofCalls('all'));
  });

  it('shows each read class that a user lacks in the check list', async () => {
    const { source } = await dataSource(limited);
    await makeCalls(await listen(['all']));
    const lacking = async (): Promise<string[]> => {
      // Half a minute after a login, and one after a call.
      const checks = setupChecks(await setupSeen(source), Date.now() + 61_000);
      const ids: readonly string[] = Object.values(checkOf);
      return checks
        .filter(({ id, state }) => ids.includes(id) && state === 'problem')
        .map(({ id, server }) => `${server} ${id}`);
    };
    const expected = classes.map((name) => `no-${name} ${checkOf[name]}`);
    await until(async () => (await lacking()).length >= expected.length);
    expect((await lacking()).sort()).toEqual(expected.sort());
  });

  /** The user `no-call` has the class from now on, for those who log in. */
  async function giveCall(secret: string): Promise<void> {
    asterisk().configure('manager.conf', (text) =>
      text.replace('[no-call]\nsecret = CHANGE-ME\nread = ', `[no-call]\nsecret = ${secret}\nread = call,`)
    );
    await asterisk().command('manager reload');
  }

  /** Its file descriptor. */
  async function session(user: string): Promise<string> {
    const shown = await asterisk().command('manager show connected');
    return new RegExp(`^\\s*${user}\\s.*?(\\d+)\\s+\\d+\\s+\\d+\\s+\\d+\\s*$`, 'm').exec(shown)![1]!;
  }

  it('gives a login the rights of the new manager.conf once its session has ended, as setup.md says', async () => {
    const { source, save } = await dataSource(['no-call']);
    const kick = `manager kick session ${await session('no-call')}`;
    const gaps = () => source.gaps(0, Date.now() + 1);
    if (version.startsWith('Asterisk 16.')) {
      expect(await asterisk().command(kick)).toContain('No such command');
      await giveCall('CHANGED');
      await save('CHANGED');
      await until(() => !source.isReconnecting && source.servers.every(({ state }) => state === 'up'));
      expect(await gaps()).toEqual([]);
    } else {
      await giveCall('CHANGE-ME');
      expect(await asterisk().command(kick)).toContain('Kicking manager session');
      await until(async () => (await gaps()).some(({ endTime }) => endTime !== null));
      expect(await gaps()).toMatchObject([{ server: 'no-call', reason: 'disconnected' }]);
    }
    await makeCalls(await listen(['all']));
    await until(() => source.seen.of('no-call', Date.now()).hangups > 0);
  });
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await sleep(50);
  }
}
