import { compareText } from '../cdr/compare-text';
import type { Gap } from '../cdr/gap';
import type { QueueDifference } from '../cdr/queue-audit';
import type { Restart } from '../cdr/restart';
import type { Answer, AnswerField } from './answer';
import { durationText } from '../query/duration-text';
import { english } from '../sentences/english';
import { sentence, type Text } from '../sentences/sentence';
import { differenceSentence, placeOf } from './difference-notice';
import { gapSentence } from './gap-notice';
import { notice, withNotices } from './notice';
import type { AnnotationKind } from '../query/model';

/** A mark on the time axis. Times in epoch milliseconds. */
export interface Annotation {
  time: number;
  /** Null for a moment. */
  timeEnd: number | null;
  kind: AnnotationKind;
  server: string;
  title: Text;
  text: Text;
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
export function gapAnnotation(gap: Gap, now: number): Annotation {
  const { server, startTime, endTime, filled } = gap;
  return {
    time: startTime,
    timeEnd: endTime ?? now,
    kind: 'gap',
    server,
    title: [sentence('annotation.gap.title', { server })],
    text: [
      gapSentence(gap),
      sentence('annotation.gap.duration', { duration: durationText((endTime ?? now) - startTime) }),
      filled ? sentence('annotation.gap.filled') : sentence('annotation.gap.missing'),
    ],
  };
}

export function restartAnnotation({ server, time }: Restart): Annotation {
  return {
    time,
    timeEnd: null,
    kind: 'restart',
    server,
    title: [sentence('annotation.restart.title', { server })],
    text: [sentence('annotation.restart.text')],
  };
}

/** A stretch in which Asterisk counted other visits than are stored. */
export function differenceAnnotation(difference: QueueDifference): Annotation {
  return {
    time: difference.startTime,
    timeEnd: difference.endTime,
    kind: 'queueDifference',
    server: difference.server,
    title: [sentence('annotation.difference.title', { place: placeOf(difference) })],
    text: [differenceSentence(difference)],
  };
}

/** A stretch with many missed and abandoned calls. */
export function burstAnnotation(burst: { from: number; to: number; server: string; calls: number }): Annotation {
  const { server, calls: count } = burst;
  return {
    time: burst.from,
    timeEnd: burst.to,
    kind: 'missedBurst',
    server,
    title: [sentence('annotation.burst.title', { count })],
    text: [sentence('annotation.burst.text', { count, server })],
  };
}

/** Marks of one answer: a dashboard draws each in every panel. */
const maxMarks = 1_000;

/** A row each, the earliest first and the latest if they are many; the field names are those that Grafana's annotations read. */
export function annotationsAnswer(annotations: readonly Annotation[]): Answer {
  const cut = sentence('notice.annotations.cut', { most: maxMarks, all: annotations.length });
  const marks = [...annotations].sort((a, b) => a.time - b.time || compareText(a.server, b.server)).slice(-maxMarks);
  const rows = marks.map(({ title, text, ...mark }) => ({
    ...mark,
    title: english(title),
    text: english(text),
    tags: `${mark.kind},${mark.server}`,
  }));
  const answer: Answer = {
    name: 'Gaps and restarts',
    meta: {
      preferredVisualisationType: 'table',
      custom: { texts: marks.flatMap(({ title, text }) => [title, text]) },
    },
    fields: columns.map(({ name, title, type }) => ({
      name,
      type,
      nullable: name === 'timeEnd',
      origin: isSentence(name) ? 'sentence' : 'system',
      config: { displayNameFromDS: title },
      values: rows.map((row) => row[name]),
    })),
  };
  return withNotices(answer, annotations.length > maxMarks ? [notice('warning', cut)] : []);
}

function isSentence(column: string): boolean {
  return column === 'title' || column === 'text';
}
