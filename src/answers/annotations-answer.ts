import { compareText } from '../cdr/compare-text';
import { gapReasonTexts, gapVerbs, type Gap } from '../cdr/gap';
import type { QueueDifference } from '../cdr/queue-audit';
import type { Restart } from '../cdr/restart';
import type { Answer, AnswerField } from './answer';
import { countedText, differenceText } from './difference-notice';
import { durationText } from '../query/duration-text';
import type { AnnotationKind } from '../query/model';

/** A mark on the time axis. Times in epoch milliseconds. */
export interface Annotation {
  time: number;
  /** Null for a moment. */
  timeEnd: number | null;
  kind: AnnotationKind;
  server: string;
  title: string;
  text: string;
}

/** Title of the column of `timeEnd`. */
export const timeEndTitle = 'End time';

const columns: ReadonlyArray<{ name: keyof Annotation | 'tags'; title: string; type: AnswerField['type'] }> = [
  { name: 'time', title: 'Time', type: 'time' },
  { name: 'timeEnd', title: timeEndTitle, type: 'time' },
  { name: 'title', title: 'Title', type: 'string' },
  { name: 'text', title: 'Text', type: 'string' },
  { name: 'kind', title: 'Kind', type: 'string' },
  { name: 'server', title: 'Server', type: 'string' },
  // Grafana splits it at commas.
  { name: 'tags', title: 'Tags', type: 'string' },
];

/** @param now epoch milliseconds, the end of a gap that goes on */
export function gapAnnotation({ server, startTime, endTime, reason, filled }: Gap, now: number): Annotation {
  return {
    time: startTime,
    timeEnd: endTime ?? now,
    kind: 'gap',
    server,
    title: `Gap: ${server} ${gapVerbs[reason]}`,
    text:
      `For ${durationText((endTime ?? now) - startTime)} ${gapReasonTexts[reason]}${endTime === null ? ', until now' : ''}. ` +
      (filled ? "Its calls were filled in from the PBX's own records." : 'Calls that ended meanwhile may be missing.'),
  };
}

export function restartAnnotation({ server, time }: Restart): Annotation {
  return {
    time,
    timeEnd: null,
    kind: 'restart',
    server,
    title: `${server} restarted`,
    text: 'Calls that were up ended without a record.',
  };
}

/** A stretch in which Asterisk counted other visits than are stored. */
export function differenceAnnotation(difference: QueueDifference): Annotation {
  return {
    time: difference.startTime,
    timeEnd: difference.endTime,
    kind: 'queueDifference',
    server: difference.server,
    title: `Asterisk counted ${countedText(difference)}`,
    text: `${differenceText(difference)}.`,
  };
}

/** A stretch with many missed and abandoned calls. */
export function burstAnnotation(burst: { from: number; to: number; server: string; calls: number }): Annotation {
  return {
    time: burst.from,
    timeEnd: burst.to,
    kind: 'missedBurst',
    server: burst.server,
    title: `${burst.calls} missed calls`,
    text: `${burst.calls} calls of ${burst.server} were missed or abandoned.`,
  };
}

/** Marks of one answer: a dashboard draws each in every panel. */
const maxMarks = 1_000;

/** A row each, the earliest first and the latest if they are many; the field names are those that Grafana's annotations read. */
export function annotationsAnswer(annotations: readonly Annotation[]): Answer {
  const more = annotations.length - maxMarks;
  const text =
    `Only the latest ${maxMarks} of ${annotations.length} gaps, restarts, differences and bursts are marked. ` +
    'Choose a shorter time range, or fewer kinds.';
  const rows = [...annotations]
    .sort((a, b) => a.time - b.time || compareText(a.server, b.server))
    .slice(-maxMarks)
    .map((annotation) => ({ ...annotation, tags: `${annotation.kind},${annotation.server}` }));
  return {
    name: 'Gaps and restarts',
    meta: {
      preferredVisualisationType: 'table',
      ...(more > 0 && { notices: [{ severity: 'warning', text }] }),
    },
    fields: columns.map(({ name, title, type }) => ({
      name,
      type,
      nullable: name === 'timeEnd',
      // They tell of PBXes only.
      origin: 'system',
      config: { displayNameFromDS: title },
      values: rows.map((row) => row[name]),
    })),
  };
}
