import { PluginError, type StreamRequest, type SubscribeStatus } from '../../plugin-protocol/plugin';
import type { Answer } from '../../answers/answer';
import { livePath } from '../../query/live-path';
import { seesNumbers } from '../../settings/number-access';
import { personRole } from '../../settings/person-role';
import type { DataSource } from '../sources/data-source';
import { parseLiveRequest } from './live-request';
import { fullView, maskedView, type NumberView } from '../ask/number-view';
import { runStream } from './run-stream';

/** Live channels of one data source that may run at once; each asks the store anew as calls end. */
const mostChannels = 500;

/** Whether a user may join a live channel: that of full numbers only with a role that sees them. */
export function joinChannel(source: DataSource, request: StreamRequest): SubscribeStatus {
  if (!request.path.startsWith('live/')) {
    return 'not-found';
  }
  const { query } = parseLiveRequest(request.data);
  const view = channelView(source, request);
  if (!view || (!view.isMasked && !seesNumbers(source.settings.maskNumbersFor, personRole(request.context.user)))) {
    return 'permission-denied';
  }
  view.query(query);
  return 'ok';
}

/** Sends what a channel's path says, whoever joined it first, until nobody listens any more. */
export async function runChannel(
  source: DataSource,
  request: StreamRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Promise<void> {
  const live = parseLiveRequest(request.data);
  const view = channelView(source, request);
  if (!view) {
    throw new PluginError(
      `There is no live channel ${request.path} for what was sent along. Load the page again: settings may have changed.`,
      'downstream',
      404
    );
  }
  if (source.liveChannels >= mostChannels) {
    throw new PluginError(
      `${mostChannels} live channels run already, no more are opened. Turn off Live where it is not looked at.`,
      'downstream',
      429
    );
  }
  source.liveChannels++;
  try {
    const asked = { ...live, query: view.query(live.query) };
    await runStream(source, asked, (answer) => send(view.answer(answer)), signal);
  } finally {
    source.liveChannels--;
  }
}

/** What the channel shows; null where the path does not fit the settings or the data that came along. */
function channelView(source: DataSource, { path, data, context }: StreamRequest): NumberView | null {
  const { maskNumbersFor } = source.settings;
  if (path === livePath(maskNumbersFor, false, data)) {
    return maskedView(source, context.user?.login ?? '');
  }
  return path === livePath(maskNumbersFor, true, data) ? fullView : null;
}
