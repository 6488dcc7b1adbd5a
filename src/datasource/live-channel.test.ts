import {
  FieldType,
  LiveChannelConnectionState,
  LiveChannelEventType,
  LiveChannelScope,
  type DataFrameJSON,
  type LiveChannelAddress,
  type LiveChannelEvent,
} from '@grafana/data';
import { Observable, of, Subject, throwError } from 'rxjs';
import { channelEvents, type LiveService } from './live-channel';

type LiveEvent = LiveChannelEvent<DataFrameJSON>;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Grafana Live with any number of channels. */
function fakeLive() {
  const channels = new Map<string, Subject<LiveEvent>>();
  const left: string[] = [];
  const service = {
    getStream: ({ path }: LiveChannelAddress) =>
      new Observable<LiveEvent>((subscriber) => {
        const events = new Subject<LiveEvent>();
        channels.set(path, events);
        events.subscribe(subscriber);
        return () => left.push(path);
      }),
  } as LiveService;
  const status = (state: LiveChannelConnectionState, error?: unknown): LiveEvent => ({
    type: LiveChannelEventType.Status,
    id: '',
    timestamp: 0,
    state,
    ...(error ? { error } : {}),
  });
  return {
    service,
    left,
    opened: () => [...channels.keys()],
    connect: (path: string) => channels.get(path)!.next(status(LiveChannelConnectionState.Connected)),
    /** What Grafana's client says of a subscription that is refused. */
    refuse: (path: string) => {
      channels.get(path)!.next(status(LiveChannelConnectionState.Connecting, 'Forbidden'));
      channels.get(path)!.next(status(LiveChannelConnectionState.Disconnected, 'Forbidden'));
    },
    send: (path: string, message: DataFrameJSON) =>
      channels.get(path)!.next({ type: LiveChannelEventType.Message, message }),
  };
}

const renew: DataFrameJSON = { schema: { meta: { custom: { live: 'renew' } }, fields: [] } };
const frame: DataFrameJSON = {
  schema: { fields: [{ name: 'linkedId', type: FieldType.string }] },
  data: { values: [['1']] },
};

/** Follows a channel whose paths are live/1, live/2 … each time that the address is asked for. */
function follow(live: ReturnType<typeof fakeLive>) {
  const asked: boolean[] = [];
  const events: LiveEvent[] = [];
  const subscription = channelEvents(live.service, (isAgain) => {
    asked.push(isAgain);
    return of({ scope: LiveChannelScope.DataSource, stream: 'u', path: `live/${asked.length}` });
  }).subscribe((event) => events.push(event));
  const errors = () => events.flatMap((event) => ('error' in event && event.error ? [event.error] : []));
  const messages = () => events.filter(({ type }) => type === LiveChannelEventType.Message).length;
  return { asked, errors, messages, events, subscription };
}

test('a channel that ends itself is left for the one that takes its place, which is connected anew', () => {
  const live = fakeLive();
  const { asked, messages, errors, events } = follow(live);
  live.connect('live/1');
  live.send('live/1', renew);
  jest.advanceTimersByTime(5_000);
  expect(asked).toEqual([false, true]);
  expect(live.left).toEqual(['live/1']);
  live.connect('live/2');
  live.send('live/2', frame);
  expect(messages()).toBe(1);
  expect(errors()).toEqual([]);
  const states = events.flatMap((event) => ('state' in event ? [event.state] : []));
  expect(states).toEqual(['pending', 'connected', 'pending', 'connected']);
});

test('a channel that is refused is looked for again at once, then once a minute, and the reason is told', () => {
  const live = fakeLive();
  const { asked, errors } = follow(live);
  live.refuse('live/1');
  jest.advanceTimersByTime(10);
  expect(asked).toEqual([false, true]);
  expect(errors()).toEqual([]);
  live.refuse('live/2');
  expect(errors()).toEqual(['Forbidden']);
  jest.advanceTimersByTime(59_000);
  expect(asked).toHaveLength(2);
  jest.advanceTimersByTime(1_000);
  expect(asked).toHaveLength(3);
  live.connect('live/3');
  live.refuse('live/3');
  jest.advanceTimersByTime(10);
  expect(live.opened()).toEqual(['live/1', 'live/2', 'live/3', 'live/4']);
});

test('an address that can not be found is an error of the channel, and looked for again', () => {
  const live = fakeLive();
  const events: LiveEvent[] = [];
  let asked = 0;
  const subscription = channelEvents(live.service, () => {
    asked++;
    return throwError(() => new Error('Bad gateway'));
  }).subscribe((event) => events.push(event));
  jest.advanceTimersByTime(10);
  expect(asked).toBe(2);
  expect(events.at(-1)).toMatchObject({ error: 'Bad gateway' });
  subscription.unsubscribe();
  expect(jest.getTimerCount()).toBe(0);
});
