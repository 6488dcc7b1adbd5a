import { concat, fromEvent, ignoreElements, lastValueFrom, merge, takeUntil, throwError, type Observable } from 'rxjs';
import type { Answer } from '../../answers/answer';
import { PluginError } from '../../plugin-protocol/plugin';
import type { LiveFeed } from '../sources/roles';
import { answersAnew, isAnsweredAnew } from './answers-anew';
import type { LiveRequest } from './live-request';
import { newRows } from './new-rows';

/**
 * Sends frames until nobody listens any more. A slow reader holds up only its own frames.
 * @throws PluginError once the data source stops: Grafana runs a stream that fails again, on what takes the place of it
 */
export async function runStream(
  source: LiveFeed,
  request: LiveRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Promise<void> {
  const frames = isAnsweredAnew(request)
    ? answersAnew(source, request, send, signal)
    : newRows(source, request, send, signal);
  const sent = merge(frames, endOf(source)).pipe(takeUntil(fromEvent(signal, 'abort')));
  await lastValueFrom(sent, { defaultValue: undefined });
}

/** Fails when the data source stops. */
function endOf({ changes }: LiveFeed): Observable<never> {
  const reason =
    'The data source has stopped, for example because its settings changed. Live updates continue when it is back.';
  return concat(
    changes.pipe(ignoreElements()),
    throwError(() => new PluginError(reason, 'plugin', 503))
  );
}
