import type { CdrFilters } from '../../cdr/filters';
import type { PluginContext } from '../../plugin-protocol/plugin';
import type { Answer, TextOrigin } from '../../answers/answer';
import type { Suggestion } from '../../answers/suggest';
import { maskedFilters, maskedQuery, numbersSought } from '../../answers/ask-masked';
import { holdsNumber, maskAnswer, maskLabel, maskText } from '../../answers/mask-numbers';
import type { CdrQuery } from '../../query/model';
import { seesNumbers } from '../../settings/number-access';
import { personRole } from '../../settings/person-role';
import type { Guarded } from '../sources/roles';
import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

/** What passes between someone and the calls: every question goes in through it, every answer out. */
export interface NumberView {
  isMasked: boolean;
  query: (query: CdrQuery) => CdrQuery;
  filters: (filters: CdrFilters) => CdrFilters;
  answer: (answer: Answer) => Promise<Answer>;
  /** A text of a row, by where it comes from, as exports write it. */
  text: (origin: TextOrigin, text: string) => string;
  suggestions: (values: Suggestion[]) => Suggestion[];
}

export const fullView: NumberView = {
  isMasked: false,
  query: (query) => query,
  filters: (filters) => filters,
  answer: async (answer) => answer,
  text: (_, text) => text,
  suggestions: (values) => values,
};

/**
 * The view of who sent a request. An alert rule counts as a Viewer though Grafana's scheduler is an Admin: its labels
 * go out in notifications.
 */
export function numberView(source: Guarded, { user }: PluginContext, isAlert = false): NumberView {
  const role = isAlert ? '' : personRole(user);
  return seesNumbers(source.settings.maskNumbersFor, role) ? fullView : maskedView(source, user?.login ?? '');
}

/** @param login whose look-ups of whole numbers count */
export function maskedView({ settings, lookups }: Guarded, login: string): NumberView {
  const counted = (filters: CdrFilters): CdrFilters => {
    if (!lookups.admit(login, numbersSought(filters), Date.now())) {
      throw new Refusal([sentence('mask.lookups')], 'downstream', 429);
    }
    return filters;
  };
  return {
    isMasked: true,
    query: (query) => {
      const asked = maskedQuery(query);
      counted(asked.filters);
      return asked;
    },
    filters: (filters) => counted(maskedFilters(filters)),
    answer: (answer) => maskAnswer(answer, settings.maskDigitsShown),
    text: (origin, text) => maskText(origin, text, settings.maskDigitsShown),
    // A masked value would find nothing as a filter.
    suggestions: (values) =>
      values
        .filter(({ value }) => !holdsNumber(value))
        .map(({ value, text }) => ({ value, text: maskLabel('free', value, text, settings.maskDigitsShown) })),
  };
}
