import { PatternError } from '../../cdr/pattern-error';
import { PluginError } from '../../plugin-protocol/plugin';
import { InvalidQueryError } from '../../query/invalid-query-error';
import { sentence, type Text } from '../../sentences/sentence';
import { textOfError } from '../../sentences/text-of-error';
import { SettingsError } from '../../settings/settings-error';
import { HeavyQueryError } from '../../store/heavy-query-error';
import { SlowQueryError } from '../../store/slow-query-error';
import { StoreClosedError } from '../../store/store-closed-error';
import { Refusal } from '../refusal';

/** What those are shown who are no Admin, of a failure that may name folders, files and addresses. */
const hidden = sentence('query.hidden');

/** Status of what is thrown for a question that can't be answered, by kind of error; a body that is no JSON is one too. */
const statusByKind: ReadonlyArray<readonly [kind: abstract new (...args: never[]) => Error, status: number]> = [
  [SlowQueryError, 504],
  [HeavyQueryError, 400],
  [StoreClosedError, 503],
  [InvalidQueryError, 400],
  [PatternError, 400],
  [SettingsError, 400],
  [RangeError, 400],
  [SyntaxError, 400],
];

/**
 * An error as whoever asks is shown it. What was wrong with the question, and how to ask another one, is for everybody;
 * what went wrong inside is for Admins.
 *
 * @param explain what is wrong with a store, and what to do, from an error that it gave
 */
export function shownError(
  error: unknown,
  isAdmin: boolean,
  explain: (error: unknown) => Text = textOfError
): PluginError {
  if (error instanceof PluginError) {
    return error;
  }
  const status = statusByKind.find(([kind]) => error instanceof kind)?.[1];
  return status === undefined
    ? new Refusal(isAdmin ? explain(error) : [hidden], 'plugin', 500, error)
    : new Refusal(textOfError(error), 'downstream', status, error);
}
