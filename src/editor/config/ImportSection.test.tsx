import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { openSections } from '../../../tests/open-sections';
import { of, throwError } from 'rxjs';
import { verbatim } from '../../sentences/sentence';
import type { ImportProgress } from '../../setup/import-progress';
import type { SavedImport } from '../../settings/import-settings';
import { parseSettings } from '../../settings/settings';
import { ImportSection } from './ImportSection';
import { secretsOf, type CdrSourceSettings } from './secrets';

const idle: ImportProgress = {
  server: 'pbx',
  kind: 'cdr',
  type: 'mysql',
  state: 'idle',
  done: 0,
  total: 0,
  added: 0,
  problems: {},
  gapsFilled: 0,
  checkedAt: null,
  error: null,
};

let answer: Array<ImportProgress | null>;
let refusal: string | null;
const posted: unknown[] = [];

beforeEach(() => {
  answer = [];
  refusal = null;
  posted.length = 0;
  setBackendSrv({
    fetch: ({ url, data }: { url: string; data: unknown }) => {
      if (url === '/api/datasources/uid/cdr/resources/status') {
        return of({ data: { imports: answer } });
      }
      posted.push([url, data]);
      return refusal === null ? of({ data: {} }) : throwError(() => ({ status: 403, data: { message: refusal } }));
    },
  } as unknown as BackendSrv);
});

function section(imports: Array<SavedImport | null> = [], readOnly = false) {
  let options = { jsonData: { imports }, secureJsonFields: {} } as unknown as CdrSourceSettings;
  function Page() {
    const [, redraw] = useState(0);
    const update = (change: (latest: CdrSourceSettings) => CdrSourceSettings) => {
      options = change(options);
      redraw((count) => count + 1);
    };
    return (
      <ImportSection
        uid="cdr"
        readOnly={readOnly}
        settings={options.jsonData}
        onChange={(changes) => update((latest) => ({ ...latest, jsonData: { ...latest.jsonData, ...changes } }))}
        secrets={secretsOf(options, update)}
      />
    );
  }
  render(<Page />);
  openSections('Call history');
  return { user: userEvent.setup(), saved: () => options };
}

test('an import is written down, its password among the secrets by its place', async () => {
  const { user, saved } = section();
  await user.click(screen.getByRole('button', { name: 'Add import' }));
  fireEvent.change(screen.getByLabelText(/^PBX/), { target: { value: 'pbx-east' } });
  fireEvent.change(screen.getByLabelText('Host'), { target: { value: 'pbx' } });
  fireEvent.change(screen.getByLabelText('Database user'), { target: { value: 'grafana' } });
  fireEvent.change(screen.getByLabelText('Database password'), { target: { value: 'hunter2' } });
  fireEvent.change(screen.getByLabelText(/^Field/), { target: { value: 'uniqueid' } });
  fireEvent.change(screen.getByLabelText('Column'), { target: { value: 'uid' } });
  await user.click(screen.getByRole('button', { name: 'Add column' }));
  expect(saved().secureJsonData).toEqual({ importPassword0: 'hunter2' });
  expect(JSON.stringify(saved().jsonData)).not.toContain('hunter2');
  expect(parseSettings(saved().jsonData).imports).toMatchObject([
    {
      server: 'pbx-east',
      type: 'mysql',
      host: 'pbx',
      port: 0,
      database: 'asteriskcdrdb',
      user: 'grafana',
      table: '',
      columns: { uniqueid: 'uid' },
    },
  ]);
  await user.click(screen.getByRole('button', { name: 'Remove column of uniqueid' }));
  expect(saved().jsonData.imports).toMatchObject([{ columns: {} }]);
});

test.each([
  ['mysql', 3306],
  ['postgres', 5432],
] as const)('the default port of %s is shown as a value, and is not saved', async (type, port) => {
  const { user, saved } = section([{ server: 'a', type, port: 1 }]);
  await user.clear(screen.getByLabelText('Port'));
  await user.tab();
  expect(screen.getByLabelText('Port')).toHaveValue(port);
  expect(JSON.parse(JSON.stringify(saved().jsonData.imports))).toEqual([{ server: 'a', type }]);
});

test('one that is removed takes its secrets along and leaves those of the others where they are', async () => {
  const { user, saved } = section([{ server: 'a' }, { server: 'b' }]);
  await user.click(screen.getByRole('button', { name: 'Remove import 1' }));
  expect(saved().jsonData.imports).toEqual([null, { server: 'b' }]);
  expect(saved().secureJsonData).toEqual({ importPassword0: '', importCACert0: '' });
  await user.click(screen.getByRole('button', { name: 'Add import' }));
  expect(saved().jsonData.imports).toMatchObject([{ type: 'mysql' }, { server: 'b' }]);
});

test('an authority is asked for with TLS, and is a secret too', async () => {
  const { user, saved } = section([{ server: 'a' }]);
  expect(screen.queryByLabelText(/^Database certificate authority/)).not.toBeInTheDocument();
  await user.click(screen.getByLabelText(/^TLS/));
  await user.type(screen.getByLabelText(/^Database certificate authority/), '-----BEGIN');
  expect(saved().jsonData.imports).toEqual([{ server: 'a', tls: true }]);
  expect(saved().secureJsonData).toEqual({ importCACert0: '-----BEGIN' });
});

test('a file has a path and nothing of a database', async () => {
  const { user, saved } = section([{ type: 'csv' }]);
  expect(screen.queryByLabelText('Host')).not.toBeInTheDocument();
  await user.type(screen.getByLabelText(/^File/), 'Master.csv');
  expect(saved().jsonData.imports).toEqual([{ type: 'csv', path: 'Master.csv' }]);
});

test('a queue log is another kind, with a table and a file of its own', async () => {
  const { user, saved } = section([{ table: 'cdr' }]);
  await user.click(screen.getByLabelText(/^Import/, { selector: 'input' }));
  await user.click(await screen.findByText('Queue log (queue_log)'));
  expect(saved().jsonData.imports).toMatchObject([{ kind: 'queue_log', table: '' }]);
  expect(screen.getByLabelText('Table')).toHaveValue('queue_log');
});

test('a queue_log has no columns to choose', () => {
  section([{ kind: 'queue_log', type: 'csv' }]);
  expect(screen.getByLabelText(/^File/)).toHaveAttribute('placeholder', 'queue_log');
  expect(screen.queryByRole('button', { name: /Add column/ })).not.toBeInTheDocument();
});

test('history is imported once it is saved and asked for, and its progress shown', async () => {
  answer = [null, { ...idle, state: 'running', done: 500, total: 2000, added: 480 }, idle];
  const { user } = section([null, { server: 'a' }, { server: 'b' }, { server: 'new' }]);
  const first = within(screen.getByRole('group', { name: 'Import 2' }));
  expect(await first.findByRole('status')).toHaveTextContent('25 %, 480 new records');
  const startOf = (parent: typeof first) => parent.getByRole('button', { name: /Import history/ });
  expect(startOf(first)).toHaveAttribute('aria-disabled', 'true');
  const unsaved = within(screen.getByRole('group', { name: 'Import 4' }));
  expect(startOf(unsaved)).toHaveAttribute('aria-disabled', 'true');
  const second = within(screen.getByRole('group', { name: 'Import 3' }));
  await user.click(startOf(second));
  await user.click(startOf(first));
  expect(posted).toEqual([['/api/datasources/uid/cdr/resources/import', { import: 2 }]]);
});

test('why an import failed is shown beside it', async () => {
  answer = [{ ...idle, state: 'done', added: 7, gapsFilled: 2, error: [verbatim('There is no table "cdrs".')] }];
  const { user } = section([{ server: 'a' }]);
  expect(await screen.findByText('There is no table "cdrs".')).toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent('Imported: 7 records that were not known, 2 gaps filled since');
  refusal = 'Only an Admin may start an import.';
  await user.click(screen.getByRole('button', { name: /Import history/ }));
  expect(await screen.findByText(refusal)).toBeInTheDocument();
});

test('what was wrong with rows is told with what to do', async () => {
  answer = [{ ...idle, state: 'done', problems: { noStart: 3, cutIds: 1200 } }];
  section([{ server: 'a' }]);
  expect(await screen.findByText('3 rows are left out: their start is not a possible time.')).toBeInTheDocument();
  expect(screen.getByText(/^1,200 rows have IDs that are cut: make the columns/)).toBeInTheDocument();
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
});

test('a provisioned data source can be imported into, though not be changed', async () => {
  answer = [idle];
  const { user } = section([{ server: 'a' }], true);
  expect(screen.getByLabelText('Host')).toBeDisabled();
  await screen.findByRole('status');
  await user.click(screen.getByRole('button', { name: /Import history/ }));
  expect(posted).toHaveLength(1);
});
