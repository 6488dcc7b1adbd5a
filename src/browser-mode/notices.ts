import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { AnswerMeta } from '../answers/answer';
import type { HeardCalls } from './heard-calls';

type Notices = NonNullable<AnswerMeta['notices']>;

/** What every answer is made from: calls since when, and what may be missing. */
export function browserNotices({ since, cuts, bad }: HeardCalls, keepCalls: number): Notices {
  return [
    {
      severity: 'info',
      text:
        since === null
          ? t('browser-mode.notice.nothing-heard', 'Browser-only mode: no data received from amiws yet.')
          : t(
              'browser-mode.notice.since',
              'Browser-only mode: calls since {{- time}}, at most {{- calls}}, without history and alerts.',
              { time: timeText(since), calls: keepCalls.toLocaleString() }
            ),
    },
    ...(cuts === null ? [] : [{ severity: 'warning' as const, text: cutText(cuts) }]),
    ...(bad === 0
      ? []
      : [
          {
            severity: 'warning' as const,
            text: t('browser-mode.notice.bad', "Frames or fields that can't be read: {{- bad}}.", { bad }),
          },
        ]),
  ];
}

/** A browser closes a WebSocket (1006 or 1007) on a text that is not UTF-8. Source: RFC 6455, 8.1. */
function cutText({ count, last }: NonNullable<HeardCalls['cuts']>): string {
  return t(
    'browser-mode.notice.cuts',
    'Connections lost: {{- cuts}}, the last at {{- time}}. Calls that ended in the meantime are missing. A browser closes ' +
      'the connection when it receives text that is not UTF-8, such as a caller name in Latin-1. Only the server part can ' +
      'read such text.',
    { cuts: count, time: timeText(last) }
  );
}

/** Time of the day in the user's zone, with the date of another day. */
function timeText(time: number): string {
  const [day, today] = [time, Date.now()].map((instant) => dateTimeFormat(instant, { format: 'YYYY-MM-DD' }));
  return dateTimeFormat(time, { format: day === today ? 'HH:mm:ss' : 'YYYY-MM-DD HH:mm:ss' });
}
