import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { selfSignedCertificate } from '../../tests/self-signed-certificate';
import { flood, startFakeDatabase, type FakeDatabase } from '../../tests/support/fake-database';
import { mysql, mysqlAnswers, packet } from '../../tests/support/fake-mysql';
import { postgres, postgresAnswers } from '../../tests/support/fake-postgres';
import type { CdrTable } from './cdr-table';
import { openMysqlTable } from './mysql-table';
import { openPostgresTable } from './postgres-table';

const password = 'r3ally-s3cret';
const range = { column: 'start', from: '2026-11-24 00:00:00', to: '2026-11-25 00:00:00' };
const row = ['2026-11-24 13:00:00', '5551234'];
const columns = ['start', 'src'];

let database: FakeDatabase | undefined;
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  database?.close();
  database = undefined;
});

/** How each database speaks, and a row or message that goes on for ever. */
const kinds = [
  {
    name: 'MariaDB',
    open: openMysqlTable,
    protocol: mysql,
    answers: mysqlAnswers,
    endlessValue: packet(0, Buffer.alloc(0xffffff, 'x')),
  },
  {
    name: 'PostgreSQL',
    open: openPostgresTable,
    protocol: postgres,
    answers: postgresAnswers,
    endlessValue: Buffer.concat([Buffer.from('D\x7f\xff\xff\xff', 'latin1'), Buffer.alloc(1 << 20, 'x')]),
  },
];

describe.each(kinds)('a database that speaks as $name', ({ open, protocol, answers, endlessValue }) => {
  /** One that is as it should be but for what `odd` does instead; `odd` gives false where it does nothing. */
  async function start(odd: (statement: string, socket: Socket) => boolean): Promise<FakeDatabase> {
    database = await startFakeDatabase(protocol, (statement, socket) => {
      if (odd(statement, socket)) {
        return;
      }
      if (statement === 'login') {
        answers.login(socket);
      } else if (statement.startsWith('SET')) {
        answers.done(socket);
      } else {
        answers.rows(socket, columns, statement.endsWith('LIMIT 0') ? [] : [row]);
      }
    });
    return database;
  }

  function openTable(signal?: AbortSignal): Promise<CdrTable> {
    const place = { host: '127.0.0.1', port: database!.port, database: 'asteriskcdrdb', table: 'cdr', tls: null };
    return open({ ...place, user: 'grafana', password }, signal);
  }

  const page = (table: CdrTable): Promise<string[][]> => table.page(columns, range, 'first', 100);

  it('is read where it is as it should be', async () => {
    await start(() => false);
    const table = await openTable();
    expect((await table.columns()).map(({ name }) => name)).toEqual(columns);
    expect(await page(table)).toEqual([row]);
    await table.close();
  });

  it.each([
    ['the login', 'login', 'took longer than 10 s to log in'],
    ['what makes the session read-only', 'SET SESSION', 'took longer than 10 s to set the session read-only'],
  ])('is given up where it never answers %s', async (_, silentAt, reason) => {
    await start((statement) => statement.startsWith(silentAt));
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    const opening = openTable();
    const refused = expect(opening).rejects.toThrow(`127.0.0.1:${database!.port} ${reason}`);
    await database!.asked(silentAt);
    jest.advanceTimersByTime(10_000);
    await refused;
  });

  it('is given up where a page never ends', async () => {
    await start((statement, socket) => {
      const isPage = statement.includes('ORDER BY');
      if (isPage) {
        answers.rows(socket, columns, [row], false);
      }
      return isPage;
    });
    const table = await openTable();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    const refused = expect(page(table)).rejects.toThrow('took longer than 120 s to read rows');
    await database!.asked('SELECT');
    jest.advanceTimersByTime(120_000);
    await refused;
  });

  it('sends no more rows than it was asked for', async () => {
    await start((statement, socket) => {
      const isPage = statement.includes('ORDER BY');
      if (isPage) {
        answers.rows(socket, columns, [row], false);
        flood(socket, answers.more(row, 256));
      }
      return isPage;
    });
    await expect(page(await openTable())).rejects.toThrow('sent more than the 100 rows that it was asked for');
  });

  it('sends no value without end', async () => {
    await start((statement, socket) => {
      const isPage = statement.includes('ORDER BY');
      if (isPage) {
        answers.rows(socket, columns, [row], false);
        flood(socket, endlessValue);
      }
      return isPage;
    });
    await expect(page(await openTable())).rejects.toThrow('sent more than 64 MB when asked to read rows');
  });

  it('sends no columns without end', async () => {
    await start((statement, socket) => {
      const isQuestion = statement.endsWith('LIMIT 0');
      if (isQuestion) {
        flood(socket, endlessValue);
      }
      return isQuestion;
    });
    await expect((await openTable()).columns()).rejects.toThrow('MB when asked to name its columns');
  });

  it.each(['login', 'SET SESSION', 'SELECT'])('ends nothing but its import by nonsense in answer to %s', async (at) => {
    // mysql2 writes about it to the log.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    let seed = 7;
    await start((statement, socket) => {
      const isAsked = statement.startsWith(at);
      if (isAsked) {
        const bytes = Buffer.alloc(4096);
        bytes.forEach((__, place) => (bytes[place] = (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16));
        // Lengths that can be, so that what follows them is read.
        socket.end(Buffer.concat([Buffer.from([8, 0, 0, 1]), bytes]));
      }
      return isAsked;
    });
    await expect(
      (async () => {
        const table = await openTable();
        await table.columns();
        await page(table);
      })()
    ).rejects.toThrow();
  });

  it('is not sent the password in clear text without TLS', async () => {
    await start((statement, socket) => {
      if (statement === 'login') {
        answers.clearText(socket);
      }
      return statement === 'login';
    });
    await expect(openTable()).rejects.toThrow(/clear|plaintext/);
    expect(database!.received()).not.toContain(password);
  });

  it.each(['login', 'SET SESSION', 'SELECT'])(
    'is left at once when the import ends, while it is asked %s',
    async (at) => {
      await start((statement) => statement.startsWith(at));
      const ending = new AbortController();
      const reading = openTable(ending.signal).then(page);
      const stopped = expect(reading).rejects.toThrow('The import was stopped.');
      await database!.asked(at);
      ending.abort();
      await stopped;
    }
  );

  it('is closed in a moment though it does not answer', async () => {
    await start(() => false);
    const table = await openTable();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    const closing = table.close();
    jest.advanceTimersByTime(500);
    await closing;
  });
});

describe('a message of PostgreSQL that ends too soon', () => {
  /** An answer to the login of which the driver reads more than there is. */
  const tooShort = Buffer.from('R\0\0\0\x06\0\0', 'latin1');
  const place = { host: '127.0.0.1', user: 'grafana', password, database: 'asteriskcdrdb', table: 'cdr' };

  it('ends nothing but its import', async () => {
    database = await startFakeDatabase(postgres, (_, socket) => void socket.write(tooShort));
    await expect(openPostgresTable({ ...place, port: database.port, tls: null })).rejects.toThrow('out of range');
  });

  it('ends nothing but its import with TLS', async () => {
    const certificate = selfSignedCertificate();
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('S');
        const secure = new TLSSocket(socket, { isServer: true, ...certificate });
        secure.on('error', () => undefined);
        secure.once('data', () => secure.write(tooShort));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const opening = openPostgresTable({ ...place, port, tls: { ca: certificate.cert } });
    await expect(opening).rejects.toThrow('out of range');
    server.close();
  });
});
