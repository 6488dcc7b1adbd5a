import { PatternError } from '../../cdr/pattern-error';
import { PluginError } from '../../plugin-protocol/plugin';
import { InvalidQueryError } from '../../query/invalid-query-error';
import { english } from '../../sentences/english';
import { verbatim, type Text } from '../../sentences/sentence';
import { SettingsError } from '../../settings/settings-error';
import { SlowQueryError } from '../../store/slow-query-error';
import { StoreClosedError } from '../../store/store-closed-error';
import { messageOf } from '../../store/store-problem';

/** What those are shown who are no Admin, of a failure that may name folders, files and addresses. */
const hidden =
  'The query failed. To find the reason, an Admin can select Save & test in the data source configuration, or check the Grafana log.';

/** What is thrown for a question that can't be answered as it stands; a body that is no JSON is one too. */
const usersErrors = [InvalidQueryError, PatternError, SettingsError, RangeError, SyntaxError] as const;

/**
 * An error as whoever asks is shown it. What was wrong with the question, and how to ask another one, is for everybody;
 * what went wrong inside is for Admins.
 *
 * @param explain what is wrong with a store, and what to do, from an error that it gave
 */
export function shownError(error: unknown, isAdmin: boolean, explain: (error: unknown) => Text = ownText): PluginError {
  if (error instanceof PluginError) {
    return error;
  }
  const message = messageOf(error);
  if (error instanceof SlowQueryError) {
    return new PluginError(message, 'downstream', 504, { cause: error });
  }
  if (error instanceof StoreClosedError) {
    return new PluginError(message, 'downstream', 503, { cause: error });
  }
  if (usersErrors.some((kind) => error instanceof kind)) {
    return new PluginError(message, 'downstream', 400, { cause: error });
  }
  return new PluginError(isAdmin ? english(explain(error)) : hidden, 'plugin', 500, { cause: error });
}

function ownText(error: unknown): Text {
  return [verbatim(messageOf(error))];
}
