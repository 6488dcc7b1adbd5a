import { connectionFailure, type ConnectionFailure } from '../database/connection-failure';
import { tableOf, type ImportSettings } from '../settings/import-settings';
import { sentence, verbatim, type Sentence, type Text } from '../sentences/sentence';
import { ImportError } from './import-error';

type Explain = (settings: ImportSettings, port: number) => Sentence;

const quoted = (name: string): string => JSON.stringify(name);

const noTable: Explain = ({ kind, table, database }) =>
  sentence('import.no-table', {
    database: quoted(database),
    table: quoted(tableOf({ kind, table })),
    usual: kind === 'cdr' ? 'cdr' : 'queue_log (FreePBX: queuelog)',
  });
const noSelect: Explain = ({ user, ...settings }) => {
  const name = tableOf(settings);
  return sentence('import.no-select', { user: quoted(user), table: quoted(name), name });
};
const explanations: Readonly<Record<Exclude<ConnectionFailure, 'untrusted'>, Explain>> = {
  refused: ({ host }, port) => sentence('import.refused', { address: `${host}:${port}` }),
  'unknown-host': ({ host }) => sentence('import.unknown-host', { host: quoted(host) }),
  silent: ({ host }, port) => sentence('import.silent', { address: `${host}:${port}` }),
  'no-tls': ({ host }, port) => sentence('import.no-tls', { address: `${host}:${port}` }),
  'only-tls': () => sentence('import.only-tls'),
  'refused-user': ({ user, database }) =>
    sentence('import.refused-user', { user: quoted(user), database: quoted(database) }),
  'no-database': ({ database, user }) =>
    sentence('import.no-database', { database: quoted(database), user: quoted(user) }),
};

// Behind the semicolon Node says how to start it otherwise.
const untrusted = ({ host }: ImportSettings, message: string): Sentence =>
  sentence('import.untrusted', { message: message.split(';')[0]!, host: quoted(host) });

/** What a table refuses, by the codes of MySQL and PostgreSQL. */
const tableExplanations: Readonly<Record<string, Explain>> = {
  ER_NO_SUCH_TABLE: noTable,
  '42P01': noTable,
  '3F000': noTable,
  ER_TABLEACCESS_DENIED_ERROR: noSelect,
  ER_COLUMNACCESS_DENIED_ERROR: noSelect,
  '42501': noSelect,
};

/** Why a table or file can't be read, and what to try. */
export function explainFailure(error: unknown, settings: ImportSettings, port: number): Text {
  if (error instanceof ImportError) {
    return error.text;
  }
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const failure = connectionFailure(error);
  if (failure !== null) {
    return [failure === 'untrusted' ? untrusted(settings, message) : explanations[failure](settings, port)];
  }
  return Object.hasOwn(tableExplanations, code)
    ? [tableExplanations[code]!(settings, port)]
    : [verbatim(message || String(error))];
}
