import { startFakeDatabase, type FakeDatabase } from '../../tests/support/fake-database';
import { mysql, mysqlAnswers, packet } from '../../tests/support/fake-mysql';
import { english } from '../sentences/english';
import { parseSettings } from '../settings/settings';
import { readFreePbxDirectory } from './freepbx-directory';

let database: FakeDatabase | undefined;
afterEach(() => database?.close());

/** FreePBX's tables by name; one that is missing may not be read. */
async function read(tables: Record<string, string[][]>) {
  database = await startFakeDatabase(mysql, (statement, socket) => {
    const table = /FROM `asterisk`\.`(\w+)`/.exec(statement)?.[1];
    if (statement === 'login') {
      mysqlAnswers.login(socket);
    } else if (table === undefined) {
      mysqlAnswers.done(socket);
    } else if (tables[table]) {
      mysqlAnswers.rows(socket, ['id', 'name'], tables[table]);
    } else {
      // ER_TABLEACCESS_DENIED_ERROR
      const code = Buffer.alloc(2);
      code.writeUInt16LE(1142);
      socket.write(packet(1, Buffer.concat([Buffer.from([0xff]), code, Buffer.from('#42000SELECT denied')])));
    }
  });
  const { imports } = parseSettings({
    imports: [{ server: 'pbx', host: '127.0.0.1', port: database.port, user: 'reader' }],
  });
  return readFreePbxDirectory(imports[0]!, { password: '', ca: '' });
}

test('extensions, queues and inbound routes come with their names', async () => {
  const { entries, problems, failed } = await read({
    users: [
      ['1001', 'Alice Miller'],
      ['1002', '1002'],
    ],
    queues_config: [['200', 'Support']],
    incoming: [
      ['4930555123', 'Main line'],
      ['', 'any DID'],
    ],
  });
  expect(entries).toEqual([
    { kind: 'agent', id: '1001', name: 'Alice Miller', teams: [] },
    { kind: 'queue', id: '200', name: 'Support', teams: [] },
    { kind: 'number', id: '4930555123', name: 'Main line', teams: [] },
  ]);
  expect([problems, failed]).toEqual([[], []]);
});

test('a table that may not be read costs no other, and is named with what to grant', async () => {
  const { entries, failed } = await read({ users: [['1001', 'Alice Miller']], incoming: [] });
  expect(entries).toHaveLength(1);
  expect(failed.map(({ table, message }) => [table, english(message)])).toEqual([
    ['asterisk.queues_config', expect.stringContaining('GRANT SELECT ON asterisk.queues_config')],
  ]);
});

test('where no table may be read, it is said why', async () => {
  await expect(read({})).rejects.toThrow('GRANT SELECT ON asterisk.users');
});

test('an import that is no MySQL, or has no host, has no such tables', async () => {
  const { imports } = parseSettings({ imports: [{ type: 'csv' }, { host: '' }] });
  for (const settings of imports) {
    await expect(readFreePbxDirectory(settings!, { password: '', ca: '' })).rejects.toThrow('MariaDB or MySQL');
  }
});
