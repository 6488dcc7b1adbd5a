import {
  FieldType,
  LiveChannelConnectionState,
  LiveChannelEventType,
  LiveChannelScope,
  LoadingState,
  toDataFrame,
  type DataFrameJSON,
  type DataQueryResponse,
  type LiveChannelEvent,
} from '@grafana/data';
import { Observable, of, Subject } from 'rxjs';
import type { QueryType } from '../query/model';
import { parseQuery } from '../query/parse-query';
import { liveAnswer, type LiveQuestion } from './live-answer';
import type { LiveService } from './live-channel';

const now = 1_700_000_000_000;

beforeEach(() => jest.useFakeTimers({ now }));
afterEach(() => jest.useRealTimers());

/** Grafana Live with one channel; counts who listens. */
function fakeLive() {
  const events = new Subject<LiveChannelEvent<DataFrameJSON>>();
  const service = {
    opened: 0,
    listening: 0,
    getStream: () =>
      new Observable<LiveChannelEvent<DataFrameJSON>>((subscriber) => {
        service.opened++;
        service.listening++;
        subscriber.next(status(LiveChannelConnectionState.Pending));
        const subscription = events.subscribe(subscriber);
        return () => {
          service.listening--;
          subscription.unsubscribe();
        };
      }),
  };
  return {
    service: service as typeof service & LiveService,
    connect: () => events.next(status(LiveChannelConnectionState.Connected)),
    drop: () => events.next(status(LiveChannelConnectionState.Connecting)),
    fail: (error: unknown) => events.next({ ...status(LiveChannelConnectionState.Connected), error }),
    send: (message: DataFrameJSON) => events.next({ type: LiveChannelEventType.Message, message }),
  };
}

function status(state: LiveChannelConnectionState) {
  return { type: LiveChannelEventType.Status as const, id: 'ds/u/live/1', timestamp: now, state };
}

function question(queryType: QueryType = 'calls'): LiveQuestion {
  return {
    refId: 'A',
    query: parseQuery({ queryType }),
    findAddress: () => of({ scope: LiveChannelScope.DataSource, stream: 'u', path: 'live/1' }),
    start: { rangeMs: 3_600_000 },
  };
}

/** Calls by id, later ids later. */
function message(...ids: number[]): DataFrameJSON {
  return {
    schema: {
      fields: [
        { name: 'startTime', type: FieldType.time },
        { name: 'server', type: FieldType.string },
        { name: 'linkedId', type: FieldType.string },
      ],
    },
    data: { values: [ids.map((id) => now + id), ids.map(() => 'pbx'), ids.map(String)] },
  };
}

function history(...ids: number[]): DataQueryResponse {
  const [times, servers, linkedIds] = message(...ids).data!.values;
  const frame = toDataFrame({
    refId: 'A',
    fields: [
      { name: 'startTime', type: FieldType.time, values: times },
      { name: 'server', type: FieldType.string, values: servers },
      { name: 'linkedId', type: FieldType.string, values: linkedIds },
    ],
  });
  return { data: [frame] };
}

function idsOf(response: DataQueryResponse | undefined): unknown[] | undefined {
  return response?.data[0]?.fields.find(({ name }: { name: string }) => name === 'linkedId')?.values;
}

function watch(live: ReturnType<typeof fakeLive>, ask: () => Observable<DataQueryResponse>, asked = question()) {
  const responses: DataQueryResponse[] = [];
  const subscription = liveAnswer(asked, live.service, ask).subscribe((response) => responses.push(response));
  return { responses, last: () => responses.at(-1), subscription };
}

test('history is asked once the channel is connected, and shown at once', () => {
  const live = fakeLive();
  const ask = jest.fn(() => of(history(1)));
  const { last } = watch(live, ask);
  expect(ask).not.toHaveBeenCalled();
  live.connect();
  expect(ask).toHaveBeenCalledTimes(1);
  expect(idsOf(last())).toEqual(['1']);
  expect(last()).toMatchObject({ key: 'live-A', state: LoadingState.Streaming });
});

test('history does not wait for a channel that does not come', () => {
  const ask = jest.fn(() => of(history(1)));
  const { last } = watch(fakeLive(), ask);
  jest.advanceTimersByTime(1000);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(idsOf(last())).toEqual(['1']);
});

test('a call that arrives is put into the history', () => {
  const live = fakeLive();
  const { last } = watch(live, () => of(history(1)));
  live.connect();
  live.send(message(2));
  jest.advanceTimersByTime(1000);
  expect(idsOf(last())).toEqual(['2', '1']);
  expect(last()?.data[0].refId).toBe('A');
});

test('a call that arrives while history is still on its way is not lost', () => {
  const live = fakeLive();
  const answer = new Subject<DataQueryResponse>();
  const { responses, last } = watch(live, () => answer);
  live.connect();
  live.send(message(2));
  live.send(message(3));
  expect(responses).toEqual([]);
  answer.next(history(1));
  expect(idsOf(last())).toEqual(['3', '2', '1']);
});

test('after the channel was away, history is asked again, and what was shown stays until it comes', () => {
  const live = fakeLive();
  const second = new Subject<DataQueryResponse>();
  const ask = jest.fn<Observable<DataQueryResponse>, []>(() => second).mockReturnValueOnce(of(history(1)));
  const { last } = watch(live, ask);
  live.connect();
  live.send(message(2));
  jest.advanceTimersByTime(1000);
  live.drop();
  live.connect();
  jest.advanceTimersByTime(1000);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(idsOf(last())).toEqual(['2', '1']);
  second.next(history(3, 2, 1));
  jest.advanceTimersByTime(1000);
  expect(idsOf(last())).toEqual(['3', '2', '1']);
});

test('statistics that arrive take the place of the earlier ones', () => {
  const live = fakeLive();
  const { last } = watch(live, () => of(history(1, 2)), question('statistics'));
  live.connect();
  live.send(message(7));
  live.send(message(8));
  jest.advanceTimersByTime(1000);
  expect(last()?.data).toHaveLength(1);
  expect(idsOf(last())).toEqual(['8']);
});

test('a burst of calls is drawn a few times a second, the last call included', () => {
  const live = fakeLive();
  const { responses, last } = watch(live, () => of(history(0)));
  live.connect();
  for (let id = 1; id <= 100; id++) {
    live.send(message(id));
    jest.advanceTimersByTime(10);
  }
  jest.advanceTimersByTime(1000);
  expect(responses.length).toBeLessThan(10);
  expect(idsOf(last())).toHaveLength(101);
});

test('one subscription is made, and undone with the panel', () => {
  const live = fakeLive();
  const { subscription } = watch(live, () => of(history(1)));
  live.connect();
  live.send(message(2));
  expect(live.service).toMatchObject({ opened: 1, listening: 1 });
  subscription.unsubscribe();
  expect(live.service).toMatchObject({ opened: 1, listening: 0 });
  expect(jest.getTimerCount()).toBe(0);
});

test('history still on its way is cancelled with the panel', () => {
  const live = fakeLive();
  const cancelled = jest.fn();
  const { subscription } = watch(live, () => new Observable(() => cancelled));
  live.connect();
  subscription.unsubscribe();
  expect(cancelled).toHaveBeenCalledTimes(1);
});

test.each([['permission denied'], [{ message: 'permission denied' }]])(
  'an error of the channel is told beside what is shown (%j), and gone with the next call',
  (error) => {
    const live = fakeLive();
    const { last } = watch(live, () => of(history(1)));
    live.connect();
    live.fail(error);
    jest.advanceTimersByTime(1000);
    expect(last()?.errors).toEqual([{ refId: 'A', message: expect.stringContaining('permission denied') }]);
    expect(idsOf(last())).toEqual(['1']);
    live.send(message(2));
    jest.advanceTimersByTime(1000);
    expect(last()?.errors).toBeUndefined();
  }
);

test('an error of history is passed on', () => {
  const live = fakeLive();
  const { last } = watch(live, () => of({ data: [], errors: [{ refId: 'A', message: 'unknown field "foo"' }] }));
  live.connect();
  expect(last()?.errors).toEqual([{ refId: 'A', message: 'unknown field "foo"' }]);
});

/** A frame that says that calls are gone. */
function gone(...ids: number[]): DataFrameJSON {
  return {
    schema: {
      meta: { custom: { live: 'gone' } },
      fields: [
        { name: 'server', type: FieldType.string },
        { name: 'linkedId', type: FieldType.string },
      ],
    },
    data: { values: [ids.map(() => 'pbx'), ids.map(String)] },
  };
}

test('a call that is gone leaves the rows, whether they were asked for or came live, and may come back', () => {
  const live = fakeLive();
  const { last } = watch(live, () => of(history(1, 2)));
  live.connect();
  live.send(message(3, 4));
  live.send(gone(2, 3));
  jest.advanceTimersByTime(1000);
  expect(idsOf(last())).toEqual(['4', '1']);
  live.send(message(2));
  jest.advanceTimersByTime(1000);
  expect(idsOf(last())).toEqual(['4', '2', '1']);
});

test('a call that is gone while history is on its way does not come with it', () => {
  const live = fakeLive();
  const answer = new Subject<DataQueryResponse>();
  const { last } = watch(live, () => answer);
  live.connect();
  live.send(gone(1));
  answer.next(history(2, 1));
  expect(idsOf(last())).toEqual(['2']);
});

test('a row leaves the range with the clock, though nothing comes; where none leaves nothing is drawn', () => {
  const live = fakeLive();
  const hour = { ...question(), start: { rangeMs: 3_600_000 } };
  const { responses, last } = watch(live, () => of(history(-1_800_000, 0)), hour);
  live.connect();
  jest.advanceTimersByTime(25 * 60_000);
  expect(responses).toHaveLength(1);
  jest.advanceTimersByTime(10 * 60_000);
  expect(idsOf(last())).toEqual(['0']);
  expect(responses).toHaveLength(2);
});
