import { Subject, VirtualTimeScheduler, type Observable } from 'rxjs';
import { amiwsSession, type SessionSignal } from './amiws-session';
import { amiwsWire } from './amiws-wire';
import type { AmiFrame } from './event';
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
    say(server: string, after: number, name?: string): void;
    answer(server: string, ahead: number): void;
    leave(after: number): void;
    onFrame(look: (frame: AmiFrame) => void): void;
  }) => void,
  queueStatus = false
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
  const session: Observable<SessionSignal> = amiwsSession(amiwsWire(connection, scheduler), {
    liveness: new ServerLiveness(),
    actionPrefix: 'own',
    queueStatus,
    scheduler,
  });
  let look: (frame: AmiFrame) => unknown = () => undefined;
  const subscription = session.subscribe((signal) =>
    signal.kind === 'frame' ? look(signal.frame) : told.push(signal)
  );
  script({
    sent,
    say: (server, after, name = 'Newexten') =>
      scheduler.schedule(() => frame(server, 3, { Event: name }), after * second),
    answer: (server, ahead) =>
      answers.push(({ ActionID }) => {
        // The way there and back takes 200 ms; the server's clock is read halfway.
        const time = (scheduler.now() + 100 + ahead + 1e12) / second;
        scheduler.schedule(() => frame(server, 4, { ActionID, Timestamp: time.toFixed(6) }), 200);
      }),
    onFrame: (wanted) => (look = wanted),
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

it('reads no clock from an answer that came late, as after a halt', () => {
  const liveness = new ServerLiveness();
  liveness.heard('east', 0);
  expect(liveness.answered('east', { sentAt: 0, serverTime: 100 }, 60_000)).toBeNull();
  expect(liveness.answered('east', { sentAt: 60_000, serverTime: 60_100 }, 60_200)).toMatchObject({ clockOffsetMs: 0 });
});

it('sends nothing more when it is left', () => {
  const { sent } = play(60, (pbx) => pbx.leave(20));
  expect(sent).toHaveLength(2);
});

describe('the queues', () => {
  const asked = (seconds: number, script: Parameters<typeof play>[1]) =>
    play(seconds, script, true).sent.filter(({ Action }) => Action === 'QueueStatus').length;

  it('are asked for once where nothing changes', () => {
    expect(asked(100, (pbx) => pbx.answer('east', 0))).toBe(1);
  });

  it('are asked for every hour, so that what the PBX counted can be compared', () => {
    expect(asked(3 * 3600 + 10, (pbx) => Array.from({ length: 400 }, (_, n) => pbx.say('east', 1 + n * 30)))).toBe(4);
  });

  it('are asked for again where a PBX has started', () => {
    const restart = (pbx: Parameters<Parameters<typeof play>[1]>[0]) => {
      pbx.answer('east', 0);
      pbx.say('east', 30, 'FullyBooted');
    };
    expect(asked(100, restart)).toBe(2);
  });

  it('are asked for again where a PBX is heard again, and once where many are', () => {
    expect(
      asked(200, (pbx) =>
        Array.from({ length: 20 }, (_, n) => `pbx-${n}`).forEach((server, n) => {
          pbx.say(server, 1);
          pbx.say(server, 100 + n / 20);
        })
      )
    ).toBe(3);
  });
});

it('hears a thousand PBXes, and what others say is bad input', () => {
  const frames: unknown[] = [];
  const { told } = play(10, (pbx) => {
    pbx.onFrame((frame) => frame.kind === 'bad' && frames.push(frame.reason));
    Array.from({ length: 1_001 }, (_, n) => pbx.say(`pbx-${n}`, 1));
    pbx.say('pbx-0', 2);
  });
  expect(told).toHaveLength(1_000);
  expect(frames).toEqual(['too-many-servers']);
});

it('counts no silence while its own process was stopped', () => {
  const liveness = new ServerLiveness();
  liveness.heard('east', 0);
  // One timer fires after the stop, before what was buffered is read.
  expect(liveness.check()).toEqual([]);
  liveness.heard('east', 70_000);
  expect(Array.from({ length: 9 }, () => liveness.check()).flat()).toEqual([]);
  expect(liveness.check()).toEqual([{ kind: 'server', server: 'east', state: 'down', since: 70_000 }]);
});
