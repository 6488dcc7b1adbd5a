import { english } from '../../sentences/english';
import { SlowQueryError } from '../slow-query-error';
import { postgresProblem } from './postgres-problem';

const place = {
  type: 'postgres',
  database: 'calls',
  user: 'cdr',
  schema: 'kept',
  poolSize: 8,
  heardBy: 'this',
} as const;
const error = (code: string, message = 'at 192.0.2.1:5432'): Error => Object.assign(new Error(message), { code });

/** What can't be had from a server of the tests (`tests/postgres` has the others), and what poolers say. */
const cases: Array<[what: string, error: Error, advice: RegExp]> = [
  [
    'a session that was ended',
    error('57P01'),
    /^The connection to PostgreSQL was interrupted, .* stored automatically/,
  ],
  ['a connection that was reset', error('ECONNRESET'), /^The connection to PostgreSQL was interrupted, /],
  ['a server that starts', error('57P03'), /is starting, stopping, or recovering\./],
  ['a full disk', error('53100'), /^No space is left on the disk of the PostgreSQL server\. Free some space there/],
  ['no memory', error('53200'), /is out of memory\. Lower its work_mem/],
  ['a network that ends', error('EHOSTUNREACH'), /doesn't answer in time\. Check host and port/],
  ['silence', new Error('The database does not answer.'), /doesn't answer in time\. Check host and port/],
  [
    'a login that takes too long',
    new Error('Connection terminated due to connection timeout', {
      cause: new Error('Connection terminated unexpectedly'),
    }),
    /doesn't answer in time\. Check host and port/,
  ],
  ['a socket of others', error('EACCES'), /user that runs Grafana can't access the socket/],
  ['an expired certificate', error('CERT_HAS_EXPIRED'), /certificate of the PostgreSQL server has expired\. Renew it/],
  ['a lock', new SlowQueryError(60_000), /^A statement was canceled after 60 s\. Check what/],
  [
    'what another error was made of',
    new Error('not stored', { cause: error('53300') }),
    /accepts no more connections\. Raise max_connections .* \(set to 8 for each Grafana/,
  ],
  ["PgBouncer's refusal", error('08P01', 'SASL authentication failed'), /rejects the user "cdr"\./],
  ["PgBouncer's databases", error('08P01', 'no such database: calls'), /has no database "calls"\./],
  [
    "PgBouncer's bounds",
    error('08P01', 'no more connections allowed (max_client_conn)'),
    /accepts no more connections\./,
  ],
  [
    'a server behind PgBouncer that is away',
    error('08P01', 'server login has been failing, try again later (server_login_retry)'),
    /^PgBouncer can't reach the PostgreSQL server\. Check that the server runs/,
  ],
];

it.each(cases)('%s is said with what to do, and names no host but in the detail', (_, found, advice) => {
  const { text: said, detail } = postgresProblem(found, place);
  const text = english(said);
  expect(text).toMatch(advice);
  expect(text).not.toContain('192.0.2.1');
  expect(text).toMatch(/[^.]\.$/);
  expect(detail).toBe(found.message);
});
