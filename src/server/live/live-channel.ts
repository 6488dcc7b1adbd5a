import type { StreamRequest, SubscribeStatus } from '../../plugin-protocol/plugin';
import type { Answer } from '../../answers/answer';
import type { LiveKind } from '../../query/live-path';
import { stableHash } from '../../query/stable-hash';
import { seesNumbers } from '../../settings/number-access';
import { personRole } from '../../settings/person-role';
import type { LiveFeed } from '../sources/roles';
import { parseLiveRequest } from './live-request';
import { renewal } from './live-signals';
import { fullView, maskedView, type NumberView } from '../ask/number-view';
import { SlowReaderError } from './paced';
import { runStream } from './run-stream';

/** How long after its end a pass still lets in whoever was just given it. Milliseconds. */
const lateMs = 30_000;
/** Channels whose pass ends at one moment end one after the other within this. Milliseconds. */
const spreadMs = 60_000;

/** What a channel shows, and until when; epoch milliseconds, null for as long as somebody listens. */
interface Access {
  isMasked: boolean;
  passEnd: number | null;
}

/** The kind of channels that someone may listen to now. */
export function liveKind({ settings, livePasses }: LiveFeed, { isMasked }: NumberView, now: number): LiveKind {
  if (settings.maskNumbersFor === 'none') {
    return '';
  }
  return isMasked ? 'masked-' : `full-${livePasses.at(now, settings.maskNumbersFor)}-`;
}

/** Whether a user may listen to a live channel: that of full numbers only with a role that sees them, and a pass. */
export function joinChannel(source: LiveFeed, request: StreamRequest): SubscribeStatus {
  const { path, data, context } = request;
  if (!path.startsWith('live/')) {
    return 'not-found';
  }
  const { query } = parseLiveRequest(data);
  const now = Date.now();
  const access = accessOf(source, request);
  if (!access || (access.passEnd !== null && access.passEnd + lateMs < now)) {
    return 'permission-denied';
  }
  if (!access.isMasked && !seesNumbers(source.settings.maskNumbersFor, personRole(context.user))) {
    return 'permission-denied';
  }
  viewOf(source, request, access).query(query);
  return source.liveChannels.admit(path, context.user, now) ? 'ok' : 'permission-denied';
}

/**
 * Sends what a channel's path names, whoever joined it first, until nobody listens any more, its pass ends, or a reader has
 * missed rows: then subscribers are sent away, to come back and ask for history.
 */
export async function runChannel(
  source: LiveFeed,
  request: StreamRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Promise<void> {
  const live = parseLiveRequest(request.data);
  const access = accessOf(source, request);
  const leftMs = access ? endOf(access, request) - Date.now() : 0;
  if (access && leftMs > 0) {
    const view = viewOf(source, request, access);
    const asked = { ...live, query: view.query(live.query) };
    const stream = (end: AbortSignal): Promise<void> =>
      runStream(source, asked, async (answer) => send(await view.answer(answer)), end).catch(unlessSlow);
    await source.liveChannels.run(request.path, request.context.user, () => within(leftMs, signal, stream));
  }
  if (!signal.aborted) {
    await send(renewal);
  }
}

/** A slow reader is no failure: Grafana would run the stream again, and the reader lack what it missed. */
function unlessSlow(error: unknown): void {
  if (!(error instanceof SlowReaderError)) {
    throw error;
  }
}

/** When a channel ends, epoch milliseconds. */
function endOf({ passEnd }: Access, { data }: StreamRequest): number {
  const spread = (parseInt(stableHash(data).slice(0, 4), 16) / 0x10000) * spreadMs;
  return passEnd === null ? Infinity : passEnd + 2 * lateMs + spread;
}

/** Runs something with a signal that is aborted also when its time is over. */
async function within(ms: number, signal: AbortSignal, run: (end: AbortSignal) => Promise<void>): Promise<void> {
  if (ms === Infinity) {
    return run(signal);
  }
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  try {
    await run(AbortSignal.any([signal, over.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** Null where a path does not fit the settings or the data that came along, or has a pass that was not given out. */
function accessOf({ settings, livePasses }: LiveFeed, { path, data }: StreamRequest): Access | null {
  const [, kind, pass] = /^live\/(|masked-|full-(.+)-)[0-9a-f]{16}$/.exec(path) ?? [];
  if (
    kind === undefined ||
    !path.endsWith(stableHash(data)) ||
    (kind === '') !== (settings.maskNumbersFor === 'none')
  ) {
    return null;
  }
  if (pass === undefined) {
    return { isMasked: kind !== '', passEnd: null };
  }
  const passEnd = livePasses.endOf(pass, settings.maskNumbersFor);
  return passEnd === null ? null : { isMasked: false, passEnd };
}

function viewOf(source: LiveFeed, { context }: StreamRequest, { isMasked }: Access): NumberView {
  return isMasked ? maskedView(source, context.user?.login ?? '') : fullView;
}
