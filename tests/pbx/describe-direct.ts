import { setTimeout as sleep } from 'node:timers/promises';
import { filter, firstValueFrom, timeout, type Observable, type Subscription } from 'rxjs';
import type { AmiAddress } from '../../src/ami/ami-socket';
import { connectAmi } from '../../src/ami/connect-ami';
import type { AmiwsSignal } from '../../src/amiws/keep-connected';
import { setupStep } from '../../src/setup/setup-lines';
import { usedEvents } from '../../src/amiws/used-events';
import { connectAmi as connectScript, type AmiConnection, type AmiMessage } from '../../tools/bridge/ami-connection';
import { selfSignedCertificate } from '../self-signed-certificate';
import { startCutProxy, type CutProxy } from '../support/cut-proxy';
import { startAsterisk, type Asterisk } from './asterisk';
import { describeRights, usersOfRights } from './describe-rights';
import type { Installation } from './installation';
import { english } from '../../src/sentences/english';
import { sentence } from '../../src/sentences/sentence';

/** The user of the check list, and others that something keeps out. */
const users = [
  setupStep('ami', 'asterisk').blocks[0]!.lines,
  '[elsewhere]\nsecret = CHANGE-ME\ndeny = 0.0.0.0/0.0.0.0\npermit = 192.0.2.1/255.255.255.255\nread = system,call,agent,cdr',
  '[blind]\nsecret = CHANGE-ME\nread =\nwrite =',
  usersOfRights,
].join('\n\n');

const { cert, key } = selfSignedCertificate();
const overTls = ({ amis }: Installation): string =>
  [
    '[general](+)',
    'tlsenable = yes',
    `tlsbindaddr = 127.0.0.1:${amis}`,
    'tlscertfile = /etc/asterisk/ami.crt',
    'tlsprivatekey = /etc/asterisk/ami.key\n',
  ].join('\n');

/** Asterisk boots slowly, and holds the answer to a wrong login back. Milliseconds. */
const patience = 180_000;

/** What an Asterisk does with a data source that logs in to its AMI itself. */
export function describeDirect(installation: Installation): void {
  describe(`the AMI of ${installation.version}`, () => {
    jest.setTimeout(patience);
    let asterisk: Asterisk;
    beforeAll(async () => {
      asterisk = await startAsterisk(installation);
      asterisk.configure('ami.crt', () => cert);
      asterisk.configure('ami.key', () => key);
      asterisk.configure('manager.conf', (text) => `${text}\n${overTls(installation)}\n${users}\n`);
      await asterisk.command('manager reload');
    });
    afterAll(() => asterisk?.stop());

    const open = (address: Partial<AmiAddress> = {}): Observable<AmiwsSignal> =>
      connectAmi({
        server: 'pbx',
        host: '127.0.0.1',
        port: installation.ami,
        tls: false,
        user: 'grafana',
        secret: 'CHANGE-ME',
        ...address,
      });
    const connect = (address: Partial<AmiAddress> = {}): Observable<AmiwsSignal> => open(address).pipe(timeout(20_000));
    const failure = (address: Partial<AmiAddress>) =>
      firstValueFrom(
        connect(address).pipe(filter((signal) => signal.kind === 'state' && signal.state === 'disconnected'))
      );

    /** Names of the events and answers that come, from the login on. */
    async function hear(signals: Observable<AmiwsSignal>, script: () => Promise<void>): Promise<string[]> {
      const heard: string[] = [];
      const subscription = signals.subscribe((signal) => {
        if (signal.kind !== 'frame') {
          heard.push(signal.state);
        } else if (signal.frame.kind === 'event') {
          heard.push(signal.frame.name);
        } else if (signal.frame.kind === 'response') {
          heard.push(signal.frame.fields.Message ?? signal.frame.fields.Ping ?? '');
        } else {
          heard.push(signal.frame.kind);
        }
      });
      const until = async (name: string): Promise<void> => {
        while (!heard.includes(name)) {
          await sleep(50);
        }
      };
      await until('QueueStatusComplete');
      await until('Pong');
      await script();
      subscription.unsubscribe();
      return heard;
    }

    it('lets the user of the check list in, who may read no more than what is used', async () => {
      const heard = await hear(connect(), async () => {
        const script = await connectScript(
          { name: 'pbx', host: '127.0.0.1', port: installation.ami, user: 'script', secret: 'script' },
          () => undefined
        );
        script.send({ Action: 'Originate', Channel: 'Local/nobody@nowhere', Application: 'Wait', Data: '1' });
        script.send({ Action: 'QueueAdd', Queue: 'support', Interface: 'PJSIP/9999' });
        await sleep(3_000);
        script.close();
      });
      expect(heard.slice(0, 4)).toEqual(['connecting', 'connected', 'up', 'Authentication accepted']);
      expect(heard).toEqual(expect.arrayContaining(['FullyBooted', 'QueueParams', 'QueueMemberAdded']));
      expect(heard.filter((name) => ['skipped', 'bad', 'Permission denied'].includes(name))).toEqual([]);
    });

    /** A login by which any action can be sent, with the answers and events that come. */
    async function logIn(user: string, secret: string): Promise<AmiConnection & { heard: AmiMessage[] }> {
      const heard: AmiMessage[] = [];
      const address = { name: 'pbx', host: '127.0.0.1', port: installation.ami, user, secret };
      const connection = await connectScript(address, (message) => heard.push(message));
      cleanups.push(connection.close);
      return { ...connection, heard };
    }
    const cleanups: Array<() => unknown> = [];
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).reverse()) {
        await cleanup();
      }
    });
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) {
        await sleep(20);
      }
    };

    it('denies the user of the check list every action that could do harm, whoever has the secret', async () => {
      const { send, heard } = await logIn('grafana', 'CHANGE-ME');
      const actions: readonly AmiMessage[] = [
        { Action: 'Originate', Channel: 'Local/300@from-trunk', Application: 'Wait', Data: '1' },
        { Action: 'Command', Command: 'core show uptime' },
        { Action: 'Redirect', Channel: 'PJSIP/1001-00000001', Context: 'from-trunk', Exten: '300', Priority: '1' },
        { Action: 'Hangup', Channel: '/.*/' },
        { Action: 'QueueAdd', Queue: 'support', Interface: 'PJSIP/9998' },
        { Action: 'UpdateConfig', SrcFilename: 'manager.conf', DstFilename: 'manager.conf' },
      ];
      actions.forEach((action) => send({ ...action, ActionID: action.Action! }));
      const answerTo = ({ Action: name }: AmiMessage): AmiMessage | undefined =>
        heard.find((message) => message.Response !== undefined && message.ActionID === name);
      await until(() => actions.every((action) => answerTo(action) !== undefined));
      expect(actions.map((action) => `${action.Action}: ${answerTo(action)!.Message}`)).toEqual(
        actions.map(({ Action: name }) => `${name}: Permission denied`)
      );
      expect(heard.some(({ Event: name }) => name === 'QueueMemberAdded')).toBe(false);
    });

    it('sends a burst of calls whole: another login counts the same events', async () => {
      const calls = 150;
      const counted = await logIn('all', 'CHANGE-ME');
      const script = await logIn('script', 'script');
      const heard: string[] = [];
      const subscription = connect({ user: 'all' }).subscribe((signal) => {
        if (signal.kind === 'frame' && signal.frame.kind === 'event' && signal.frame.fields.Privilege !== undefined) {
          heard.push(signal.frame.name);
        }
      });
      cleanups.push(() => subscription.unsubscribe());
      await until(() => heard.includes('FullyBooted'));
      counted.heard.length = 0;
      heard.length = 0;
      for (let call = 0; call < calls; call++) {
        const channel = { Channel: 'Local/300@from-trunk/n', Application: 'Wait', Data: '1' };
        script.send({ Action: 'Originate', Async: 'true', ...channel });
      }
      const byName = (names: readonly string[]): Array<[string, number]> => {
        const counts = new Map<string, number>();
        names.filter((name) => usedEvents.has(name)).forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
        return [...counts].sort();
      };
      const count = (name: string): number => heard.filter((other) => other === name).length;
      await until(() => count('Hangup') === 2 * calls && count('Cdr') >= calls);
      const sent = (): string[] => counted.heard.flatMap(({ Event: name, Privilege: to }) => (to ? [name ?? ''] : []));
      await until(() => sent().length > 0 && JSON.stringify(byName(sent())) === JSON.stringify(byName(heard)));
      expect(count('Newchannel')).toBe(2 * calls);
    });

    it('lets a user in once only with allowmultiplelogin = no, and again as soon as the other session has ended', async () => {
      // A user that was known before keeps what it may do at a reload.
      const once = '\n[general](+)\nallowmultiplelogin = no\n\n[once]\nsecret = CHANGE-ME\nread = system\nwrite =\n';
      const configure = async (change: (text: string) => string): Promise<void> => {
        asterisk.configure('manager.conf', change);
        await asterisk.command('manager reload');
      };
      await configure((text) => text + once);
      cleanups.push(() => configure((text) => text.replace(once, '\n[general](+)\nallowmultiplelogin = yes\n')));
      const first = await logIn('once', 'CHANGE-ME');
      expect(await failure({ user: 'once' })).toMatchObject({
        reason: 'in-use',
        detail: sentence('connection.found.login-refused', { answer: 'Login Already In Use' }),
      });
      first.close();
      const isUp = (signal: AmiwsSignal): boolean => signal.kind === 'server' && signal.state === 'up';
      expect(await firstValueFrom(connect({ user: 'once' }).pipe(filter(isUp)))).toMatchObject({ server: 'pbx' });
    });

    describeRights(installation, () => asterisk);

    it('leaves out what a user without read classes may not see, and answers a Ping', async () => {
      const heard = await hear(connect({ user: 'blind' }), () => sleep(500));
      expect(heard).toContain('up');
      expect(heard).not.toContain('FullyBooted');
    });

    it('refuses a wrong secret, an unknown user and an address that permit does not let in', async () => {
      for (const address of [{ secret: 'wrong' }, { user: 'nobody' }, { user: 'elsewhere' }]) {
        expect(await failure(address)).toMatchObject({
          reason: 'login',
          detail: sentence('connection.found.login-refused', { answer: 'Authentication failed' }),
        });
      }
    });

    it('lets in over TLS whoever knows its authority, without the secret in the clear', async () => {
      const heard = await hear(connect({ port: installation.amis, tls: true, ca: cert }), () => sleep(500));
      expect(heard).toEqual(expect.arrayContaining(['up', 'Authentication accepted', 'FullyBooted', 'QueueParams']));
    });

    it.each<[string, Partial<AmiAddress>, object]>([
      ['nobody vouches for', {}, { detail: { values: { message: expect.stringContaining('certificate') as string } } }],
      ['another authority vouches for', { ca: selfSignedCertificate().cert }, {}],
      ['is for another host name', { host: 'localhost', ca: cert }, { detail: { id: 'connection.found.other-name' } }],
    ])('is not logged in to over TLS where the certificate %s', async (_, address, expected) => {
      const over = { port: installation.amis, tls: true, ...address };
      expect(await failure(over)).toMatchObject({ reason: 'certificate', ...expected });
    });

    it('says so where TLS is asked for at the port without', async () => {
      expect(await failure({ tls: true })).toMatchObject({ reason: 'not-ami' });
    });

    describe('through a proxy', () => {
      let proxy: CutProxy;
      let signals: string[];
      let subscription: Subscription;
      beforeEach(async () => {
        // Beats of 15 seconds are made to pass; all else takes its time.
        jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
        proxy = await startCutProxy(installation.ami);
        signals = [];
        subscription = open({ port: proxy.port }).subscribe((signal) =>
          signals.push(
            signal.kind === 'frame'
              ? 'frame'
              : [signal.kind, signal.state, 'detail' in signal && english([signal.detail])].filter(Boolean).join(' ')
          )
        );
        await until(() => signals.includes('server up') && signals.includes('frame'));
      });
      afterEach(async () => {
        subscription.unsubscribe();
        await proxy.close();
        jest.useRealTimers();
      });
      const until = async (isSo: () => boolean): Promise<void> => {
        while (!isSo()) {
          await sleep(20);
        }
      };
      const beat = async (): Promise<void> => {
        jest.advanceTimersByTime(15_000);
        await sleep(200);
      };

      it('that closes idle connections it keeps the connection, by its Ping', async () => {
        proxy.cutIdle();
        for (let beats = 0; beats < 5; beats++) {
          await beat();
          proxy.cutIdle();
        }
        await sleep(200);
        expect(signals.filter((text) => text.includes('down') || text.includes('disconnected'))).toEqual([]);
      });

      it('that closes the connection it is heard again', async () => {
        proxy.cut();
        await until(() => signals.includes('server down'));
        await beat();
        await until(() => signals.filter((text) => text === 'state connected').length === 2);
        expect(signals.filter((text) => text.startsWith('state disconnected'))).toEqual([
          expect.stringMatching(/The connection was closed|ECONNRESET/),
        ]);
      });

      it('through which nothing comes any more it is given up after three Pings', async () => {
        proxy.hang(true);
        for (let beats = 0; beats < 5; beats++) {
          await beat();
        }
        expect(signals).toContain('state disconnected No answer to a Ping within 45 s.');
        expect(signals).toContain('server down');
      });
    });

    it.each(['restart', 'crash'] as const)('is heard again after a %s, and says that it has started', async (how) => {
      const heard: string[] = [];
      const subscription = open().subscribe((signal) => {
        if (signal.kind === 'server') {
          heard.push(signal.state);
        } else if (signal.kind === 'frame' && signal.frame.kind === 'event' && signal.frame.name === 'FullyBooted') {
          heard.push(`booted ${Number(signal.frame.fields.Uptime) < 60 ? 'now' : 'before'}`);
        }
      });
      while (!heard.includes('up')) {
        await sleep(50);
      }
      await asterisk[how]();
      while (heard.filter((word) => word.startsWith('booted')).length < 2) {
        await sleep(50);
      }
      subscription.unsubscribe();
      expect(heard).toEqual(expect.arrayContaining(['down']));
      expect(heard.at(-1)).not.toBe('down');
    });
  });
}
