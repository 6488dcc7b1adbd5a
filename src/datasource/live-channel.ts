import {
  isLiveChannelMessageEvent,
  isLiveChannelStatusEvent,
  LiveChannelConnectionState,
  LiveChannelEventType,
  type DataFrameJSON,
  type LiveChannelAddress,
  type LiveChannelEvent,
} from '@grafana/data';
import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  map,
  merge,
  of,
  startWith,
  Subject,
  switchMap,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';

/** The part of Grafana's Live service that is needed. */
export interface LiveService {
  getStream: <T>(address: LiveChannelAddress) => Observable<LiveChannelEvent<T>>;
}

/** Where a query continues; `isAgain` where what the page knows of the user's access may be old. */
export type FindAddress = (isAgain: boolean) => Observable<LiveChannelAddress>;

type LiveEvent = LiveChannelEvent<DataFrameJSON>;

/** Grafana keeps a channel for a quarter of a second after the last panel left: one that comes back sooner stays in it. */
const leaveMs = 1_000;
/** Panels that are sent away together come back one by one. Milliseconds. */
const spreadMs = 3_000;
/** When a channel that was refused is tried again: there may be room by then. Milliseconds. */
const retryMs = 60_000;

/** What Grafana Live says of a subscription that the server part refuses: HTTP's words. */
const refusals: readonly string[] = ['Forbidden', 'Not Found'];

export function isRefusal(reason: string): boolean {
  return refusals.includes(reason);
}

/** Grafana Live gives a text, or an error of its WebSocket client. */
export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/**
 * The events of a query's channel. One that ends itself, as those that show numbers in full do every few minutes, is left
 * for today's; one that is refused is looked for again, first at once, since settings or the user's role may have changed,
 * then every minute.
 */
export function channelEvents(live: LiveService, findAddress: FindAddress): Observable<LiveEvent> {
  return defer(() => {
    const again = new Subject<number>();
    let refused = 0;
    const next = (event: LiveEvent): Observable<LiveEvent> => {
      if (isRenewal(event)) {
        again.next(leaveMs + Math.random() * spreadMs);
        return EMPTY;
      }
      const reason = refusalOf(event);
      if (reason !== null) {
        refused++;
        again.next(refused === 1 ? 0 : retryMs);
        return refused === 1 ? EMPTY : of(event);
      }
      if (isLiveChannelStatusEvent(event) && event.state === LiveChannelConnectionState.Connected) {
        refused = 0;
      }
      return of(event);
    };
    // Listened to before the first try, which may fail at once.
    return merge(again.pipe(switchMap((waitMs) => timer(waitMs).pipe(map(() => true)))), of(false)).pipe(
      switchMap((isAgain) =>
        findAddress(isAgain).pipe(
          switchMap((address) => live.getStream<DataFrameJSON>(address)),
          catchError((error: unknown) => of(statusOf(LiveChannelConnectionState.Invalid, reasonOf(error)))),
          takeWhile((event) => !isRenewal(event) && refusalOf(event) === null, true),
          startWith(statusOf(LiveChannelConnectionState.Pending))
        )
      ),
      concatMap(next)
    );
  });
}

function isRenewal(event: LiveEvent): boolean {
  return isLiveChannelMessageEvent(event) && event.message.schema?.meta?.custom?.live === 'renew';
}

/** Why a subscription was refused; null where it was not. */
function refusalOf(event: LiveEvent): string | null {
  if (!isLiveChannelStatusEvent(event) || !event.error) {
    return null;
  }
  const reason = reasonOf(event.error);
  return isRefusal(reason) || event.state === LiveChannelConnectionState.Invalid ? reason : null;
}

function statusOf(state: LiveChannelConnectionState, error?: string): LiveEvent {
  return { type: LiveChannelEventType.Status, id: '', timestamp: Date.now(), state, ...(error && { error }) };
}
