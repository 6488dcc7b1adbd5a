import { parseSettings, type SavedSettings } from './settings';
import { SettingsError } from './settings-error';

const place = { type: 'postgres', host: 'db.example.com', database: 'calls', user: 'cdr' } as const;
const parse = (store: SavedSettings['store']) => parseSettings({ store }).store;

test('calls are kept in a file where nothing is set', () => {
  expect(parseSettings({}).store.type).toBe('duckdb');
});

test('PostgreSQL is reached by TLS that checks the certificate, over few connections, unless the settings say otherwise', () => {
  expect(parse(place)).toEqual({
    ...place,
    port: 0,
    schema: '',
    tls: 'verify',
    poolSize: 8,
    statementTimeout: 30,
    citus: false,
    heardBy: 'this',
  });
});

test.each(['host', 'database', 'user'] as const)(
  'PostgreSQL without a %s is refused, and a file needs none',
  (name) => {
    expect(() => parse({ ...place, [name]: '' })).toThrow(`PostgreSQL requires ${name}. Enter them under Storage`);
    expect(parse({ ...place, [name]: '', type: 'duckdb' }).type).toBe('duckdb');
  }
);

test.each(['db.example.com', '192.0.2.1', '::1', 'localhost', '/run/postgresql'])('%s is a host', (host) => {
  expect(parse({ ...place, host: ` ${host} ` }).host).toBe(host);
});

test.each<[string, Partial<SavedSettings['store'] & object>]>([
  ['an address with a user', { host: 'postgres://user@db/calls' }],
  ['a path that leads up', { host: '../run' }],
  ['a host with a blank', { host: 'db one' }],
  ['a schema with capitals', { schema: 'Calls' }],
  ['a schema that would be cut', { schema: 'x'.repeat(64) }],
  ["PostgreSQL's own schema", { schema: 'pg_catalog' }],
  ['a schema that ends the statement', { schema: 'x"; DROP SCHEMA y' }],
  ['a pool in which one would wait for the other', { poolSize: 3 }],
  ['a pool without a bound', { poolSize: 101 }],
  ['no time-out', { statementTimeout: 0 }],
])('%s is refused', (_, changes) => {
  expect(() => parse({ ...place, ...changes })).toThrow(SettingsError);
});
