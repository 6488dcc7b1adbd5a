import { english } from '../../sentences/english';
import { startFakeDatabase, type Answer, type FakeDatabase } from '../../../tests/support/fake-database';
import { postgres, postgresAnswers } from '../../../tests/support/fake-postgres';
import { parseSettings, type SavedSettings } from '../../settings/settings';
import { connectPostgres } from './connect-postgres';
import { postgresProblem } from './postgres-problem';

const password = 'r3ally-s3cret';
let database: FakeDatabase;
afterEach(() => database.close());

async function connect(answer: Answer, store: SavedSettings['store'], secrets = { storePassword: password }) {
  database = await startFakeDatabase(postgres, answer);
  const { port } = database;
  const place = { type: 'postgres' as const, host: '127.0.0.1', database: 'calls', user: 'cdr', tls: 'off' as const };
  const { store: settings } = parseSettings({ store: { ...place, port, ...store } });
  const pool = connectPostgres(settings, secrets, () => undefined);
  const problem = await pool.query('SELECT 1').then(
    () => null,
    (error: unknown) => english(postgresProblem(error, settings).text)
  );
  await pool.end();
  return problem;
}

it('does not send the password in clear text without TLS', async () => {
  const problem = await connect((_, socket) => postgresAnswers.clearText(socket), {});
  expect(problem).toMatch(/asks for the password in clear text, .* switch TLS on, or have pg_hba\.conf ask for scram/);
  expect(database.received()).not.toContain(password);
});

it('sends no password where none is set, and says so', async () => {
  const askForHash = Buffer.from('R\0\0\0\x0c\0\0\0\x05salt', 'latin1');
  const problem = await connect((_, socket) => socket.write(askForHash), {}, { storePassword: '' });
  expect(problem).toMatch(/requires a password for the user "cdr", but none is set\. Enter it under Storage/);
});

it('asks a pooler for nothing that it does not know', async () => {
  await connect(
    (statement, socket) => (statement === 'login' ? postgresAnswers.login(socket) : postgresAnswers.done(socket)),
    {}
  );
  const names = database
    .received()
    .split('\0')
    .filter((text) => /^[a-z_]+$/.test(text));
  // Source: PgBouncer, ignore_startup_parameters.
  const known = ['user', 'database', 'client_encoding', 'application_name', 'calls', 'cdr'];
  expect(names).toContain('application_name');
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

it('breaks a connection off whose messages can not be read, and nothing else', async () => {
  const tooShort = Buffer.from('R\0\0\0\x06\0\0', 'latin1');
  expect(await connect((_, socket) => socket.write(tooShort), {})).toMatch(/\.$/);
});
