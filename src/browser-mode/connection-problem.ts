import { t } from '@grafana/i18n';
import { sayText } from '../say/say-text';
import type { HeardCalls } from './heard-calls';

/** Why nothing new can be heard at this moment, with what to try; null while all is well, or still to be found out. */
export function connectionProblem({ state: { connection } }: HeardCalls): string | null {
  if (connection?.state !== 'disconnected') {
    return null;
  }
  const what =
    connection.reason === 'closed'
      ? t('browser-mode.problem.closed', 'The connection to amiws was lost. The browser reconnects automatically.')
      : t('browser-mode.problem.not-connected', 'This browser is not connected to amiws.');
  return `${what} ${sayText([connection.detail])}`;
}
