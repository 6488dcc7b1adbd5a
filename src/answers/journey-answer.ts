import type { CdrFilters } from '../cdr/filters';
import { compareText } from '../cdr/compare-text';
import { journeyOf, type JourneyStep } from '../cdr/journey';
import type { StoredCall } from '../cdr/stored-call';
import { InvalidQueryError } from '../query/invalid-query-error';
import { english } from '../sentences/english';
import { sentence, type Text } from '../sentences/sentence';
import type { Answer, AnswerField, TextOrigin } from './answer';
import type { CallsSought } from './answer-store';
import { notice, withNotices, type Notice } from './notice';

/** Calls of one answer: more is a report, which calls are for. */
const maxCalls = 10;
/** Parts of one kind, such as records, that are looked at; the last ones of a call of thousands of rings are left out. */
export const maxJourneyParts = 2_000;
/** Rows of one answer. */
const maxSteps = 2_000;

interface Row extends Omit<JourneyStep, 'detail'> {
  detail: string;
  server: string;
  linkedId: string;
}

interface JourneyColumn {
  name: keyof Row;
  title: string;
  type: AnswerField['type'];
  origin?: TextOrigin;
  unit?: string;
}

const columns: readonly JourneyColumn[] = [
  { name: 'time', title: 'Time', type: 'time' },
  { name: 'step', title: 'Step', type: 'string', origin: 'system' },
  { name: 'party', title: 'Party', type: 'string' },
  { name: 'queue', title: 'Queue', type: 'string', origin: 'system' },
  { name: 'agent', title: 'Agent', type: 'string' },
  { name: 'seconds', title: 'Seconds', type: 'number', unit: 's' },
  { name: 'detail', title: 'Detail', type: 'string', origin: 'sentence' },
  { name: 'server', title: 'Server', type: 'string', origin: 'system' },
  { name: 'linkedId', title: 'Linked ID', type: 'string', origin: 'callId' },
];

/**
 * The calls that a question about journeys is of; those of all PBXes with such a linked id where it names none.
 * @throws InvalidQueryError where it names too many
 */
export function journeySought({ linkedId: named = [], server }: CdrFilters): CallsSought {
  const linkedId = named.filter((id) => id !== '');
  if (linkedId.length > maxCalls) {
    throw new InvalidQueryError([sentence('query.bound.journey', { calls: linkedId.length, most: maxCalls })]);
  }
  return { linkedIds: linkedId, servers: server?.length ? server : null, mostParts: maxJourneyParts + 1 };
}

/** What to do where a question names no call, or one that is not stored. */
export function noJourneyNotices({ linkedIds }: CallsSought, calls: readonly StoredCall[]): Notice[] {
  const why = sentence(linkedIds.length === 0 ? 'notice.journey.not-named' : 'notice.journey.unknown');
  return calls.length > 0 ? [] : [notice('info', why)];
}

/** One row a step, in order of time, one call after the other. */
export function journeyAnswer(calls: readonly StoredCall[], executedQueryString: string): Answer {
  const all = [...calls]
    .sort((a, b) => compareText(a.id.linkedId, b.id.linkedId) || compareText(a.id.server, b.id.server))
    .flatMap((call) => journeyOf(call).map((step) => ({ ...step, ...call.id })));
  const shown = all.slice(0, maxSteps);
  const texts = shown.map(({ detail }): Text => [sentence('journey.detail', { parts: detail })]);
  const rows = shown.map((row, place): Row => ({ ...row, detail: english(texts[place]!) }));
  const isCut = rows.length < all.length || calls.some(isTooLong);
  const cut = notice('warning', sentence('notice.journey.cut', { steps: maxSteps }));
  const answer: Answer = {
    name: 'Journey',
    meta: {
      preferredVisualisationType: 'table',
      executedQueryString,
      custom: { texts: texts.filter((_, place) => rows[place]!.detail !== '') },
    },
    fields: columns.map(({ name, title, type, origin, unit }) => ({
      name,
      type,
      nullable: name === 'seconds',
      ...(origin && { origin }),
      config: { displayNameFromDS: title, ...(unit ? { unit } : {}) },
      values: rows.map((row) => row[name]),
    })),
  };
  return withNotices(answer, isCut ? [cut] : []);
}

function isTooLong({ parts, assembled: { visits, legs, transfers } }: StoredCall): boolean {
  return [parts.records, parts.events, visits, legs, transfers].some(({ length }) => length > maxJourneyParts);
}
