import type { Call } from '../cdr/call';
import { lostWithheld, type Contact } from '../cdr/contact';
import { lostCallers, type LostCaller } from '../cdr/lost-callers';
import type { CdrQuery } from '../query/model';
import type { Answer, AnswerField, AnswerMeta } from './answer';
import type { AskedContact } from './answer-store';
import { withNotices } from './notice';
import { withinLimit } from './row-limit';
import { secondsSince } from '../cdr/seconds-since';

/** One line of the list. Times in epoch milliseconds, spans in seconds. */
interface Line {
  /** As the last try had it. */
  source: string;
  state: 'waiting' | 'called back' | 'came through' | 'withheld';
  /** Since the last try; null for who waits no more. */
  waiting: number | null;
  tries: number;
  firstTry: number;
  lastTry: number;
  /** In the last try: in queues, or until it ended where it visited none. */
  waited: number | null;
  queue: string;
  did: string;
  /** Who called back or answered. */
  agent: string;
  /** From the last try to the call that reached them. */
  reachedAfter: number | null;
  triedBack: number | null;
  server: string;
  /** Of the last try. */
  linkedId: string;
}

type Column = Pick<AnswerField, 'type' | 'nullable' | 'origin'> & { title: string; unit?: string };

const columns: Record<keyof Line, Column> = {
  source: { title: 'Number', type: 'string' },
  state: { title: 'State', type: 'string', origin: 'system' },
  waiting: { title: 'Waiting', type: 'number', unit: 's', nullable: true },
  tries: { title: 'Tries', type: 'number' },
  firstTry: { title: 'First try', type: 'time' },
  lastTry: { title: 'Last try', type: 'time' },
  waited: { title: 'Waited', type: 'number', unit: 's', nullable: true },
  queue: { title: 'Queue', type: 'string', origin: 'system' },
  did: { title: 'DID', type: 'string' },
  agent: { title: 'Reached by', type: 'string' },
  reachedAfter: { title: 'Reached after', type: 'number', unit: 's', nullable: true },
  triedBack: { title: 'Tries to call back', type: 'number', nullable: true },
  server: { title: 'Server', type: 'string', origin: 'system' },
  linkedId: { title: 'Linked ID', type: 'string', origin: 'callId' },
};

/**
 * Lost callers, one row each, by their last try; the lost calls of all numbers that are withheld make one row at the end.
 * @param now epoch milliseconds
 */
export function lostCallersAnswer(
  query: Pick<CdrQuery, 'limit' | 'offset' | 'sortOrder'>,
  contacts: readonly AskedContact[],
  within: number,
  now: number,
  meta: AnswerMeta
): Answer {
  const asked = new Set(contacts.filter(({ isAsked }) => isAsked).map(({ call }) => call));
  const sign = query.sortOrder === 'asc' ? 1 : -1;
  const lines = lostCallers(
    contacts.map(({ call }) => call),
    within
  )
    .filter(({ tries }) => asked.has(tries.at(-1)!.call))
    .map((lost) => lineOf(lost, now))
    .sort((a, b) => sign * (a.lastTry - b.lastTry))
    .slice(query.offset);
  const { rows: shown, notices } = withinLimit(lines, query.limit);
  const rows = [...shown, ...withheldLine([...asked])];
  const answer: Answer = {
    name: 'Lost callers',
    meta: { preferredVisualisationType: 'table', ...meta },
    fields: (Object.keys(columns) as Array<keyof Line>).map((name): AnswerField => {
      const { title, unit, ...column } = columns[name];
      const config = { displayNameFromDS: title, ...(unit && { unit }) };
      return { name, nullable: false, ...column, config, values: rows.map((row) => row[name]) };
    }),
  };
  return withNotices(answer, notices);
}

function lineOf({ tries, reached, triedBack }: LostCaller, now: number): Line {
  const { call, at } = tries.at(-1)!;
  return {
    source: call.source,
    state: reached === null ? 'waiting' : reached.kind === 'calledBack' ? 'called back' : 'came through',
    waiting: reached === null ? secondsSince(at, now) : null,
    tries: tries.length,
    firstTry: tries[0]!.at,
    lastTry: at,
    waited: call.queue === '' ? call.duration : call.waitTime,
    queue: call.queue,
    did: call.did,
    agent: reached === null ? '' : reachedBy(reached),
    reachedAfter: reached === null ? null : secondsSince(at, reached.at),
    triedBack,
    server: call.server,
    linkedId: call.linkedId,
  };
}

function reachedBy({ kind, call }: Contact): string {
  return kind === 'calledBack' ? call.callingAgent : call.agent;
}

function withheldLine(asked: readonly Call[]): Line[] {
  const times = lostWithheld(asked).map(({ at }) => at);
  const none = { queue: '', did: '', agent: '', server: '', linkedId: '' };
  const nulls = { waiting: null, waited: null, reachedAfter: null, triedBack: null };
  return times.length === 0
    ? []
    : [
        {
          ...none,
          ...nulls,
          source: 'withheld',
          state: 'withheld',
          tries: times.length,
          firstTry: times.reduce((least, time) => Math.min(least, time)),
          lastTry: times.reduce((most, time) => Math.max(most, time)),
        },
      ];
}
