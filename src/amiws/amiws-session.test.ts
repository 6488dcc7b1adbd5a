import { Subject, VirtualTimeScheduler, type Observable } from 'rxjs';
import { amiwsSession, type SessionSignal } from './amiws-session';
import type { AmiwsSocket } from './amiws-socket';
import type { SocketSignal } from './open-connection';
import { ServerLiveness } from './server-liveness';

const second = 1_000;

interface Sent {
  Action: string;
  ActionID: string;
}

/** A session on virtual time whose PBXes are played by `script`. Signals other than frames come with their time. */
function play(
  seconds: number,
  script: (pbx: {
    sent: Sent[];
    say(server: string, after: number): void;
    answer(server: string, ahead: number): void;
    leave(after: number): void;
  }) => void
) {
  const scheduler = new VirtualTimeScheduler(undefined, seconds * second);
  const connection = new Subject<SocketSignal>();
  const sent: Sent[] = [];
  const told: SessionSignal[] = [];
  const answers: Array<(action: Sent) => void> = [];
  const socket: AmiwsSocket = {
    send: (text) => {
      const action = JSON.parse(text) as Sent;
      sent.push(action);
      answers.forEach((answer) => answer(action));
    },
    close: () => undefined,
  };
  const frame = (server: string, type: number, data: object): void =>
    connection.next({
      kind: 'message',
      data: JSON.stringify({ type, server_id: 1, server_name: server, ssl: false, data }),
    });
  const session: Observable<SessionSignal> = amiwsSession(connection, {
    liveness: new ServerLiveness(),
    actionPrefix: 'own',
    queueStatus: false,
    scheduler,
  });
  const subscription = session.subscribe((signal) => signal.kind !== 'frame' && told.push(signal));
  script({
    sent,
    say: (server, after) => scheduler.schedule(() => frame(server, 3, { Event: 'Newstate' }), after * second),
    answer: (server, ahead) =>
      answers.push(({ ActionID }) => {
        // The way there and back takes 200 ms; the server's clock is read halfway.
        const time = (scheduler.now() + 100 + ahead + 1e12) / second;
        scheduler.schedule(() => frame(server, 4, { ActionID, Timestamp: time.toFixed(6) }), 200);
      }),
    leave: (after) => scheduler.schedule(() => subscription.unsubscribe(), after * second),
  });
  connection.next({ kind: 'opened', socket });
  scheduler.flush();
  subscription.unsubscribe();
  return { told: told.filter((signal) => signal.kind === 'server'), sent };
}

it('pings at once and every 15 s', () => {
  const { sent } = play(46, () => undefined);
  expect(sent).toEqual([0, 1, 2, 3].map((n) => ({ Action: 'Ping', ActionID: `own-${n}` })));
});

it('counts a server as down after 45 s of silence, since it was last heard, and as up with the next frame', () => {
  const { told } = play(120, (pbx) => {
    pbx.say('east', 10);
    pbx.say('east', 12);
    pbx.say('east', 100);
  });
  expect(told).toEqual([
    { kind: 'server', server: 'east', state: 'up', since: 10 * second },
    { kind: 'server', server: 'east', state: 'down', since: 12 * second },
    { kind: 'server', server: 'east', state: 'up', since: 100 * second },
  ]);
});

it('keeps a server up by its answers to Ping alone, and tells which of two fell silent', () => {
  const { told } = play(200, (pbx) => {
    pbx.answer('east', 0);
    pbx.say('west', 1);
  });
  expect(told.filter(({ state }) => state === 'down')).toEqual([
    { kind: 'server', server: 'west', state: 'down', since: second },
  ]);
});

it('reads the server clock halfway of the round trip', () => {
  const { told } = play(20, (pbx) => pbx.answer('east', 3_600_000));
  expect(told.at(-1)).toMatchObject({ server: 'east', state: 'up' });
  expect(told.at(-1)).toHaveProperty('clockOffsetMs', expect.closeTo(1e12 + 3_600_000, 0));
});

it('sends nothing more when it is left', () => {
  const { sent } = play(60, (pbx) => pbx.leave(20));
  expect(sent).toHaveLength(2);
});
