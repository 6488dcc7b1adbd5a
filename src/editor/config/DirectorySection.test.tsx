import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { openSections } from '../../../tests/open-sections';
import { of, throwError } from 'rxjs';
import { verbatim } from '../../sentences/sentence';
import type { SettingsJson } from '../../datasource/panel-query';
import { DirectorySection } from './DirectorySection';

let freepbx: unknown;
let refusal: string | null;

beforeEach(() => {
  refusal = null;
  setBackendSrv({
    fetch: ({ url, data }: { url: string; data: unknown }) => {
      expect([url, data]).toEqual(['/api/datasources/uid/cdr/resources/read-directory', { import: 0 }]);
      return refusal === null ? of({ data: freepbx }) : throwError(() => ({ status: 502, data: { message: refusal } }));
    },
  } as unknown as BackendSrv);
});

function section(directory: SettingsJson['directory'] = [], imports: SettingsJson['imports'] = []) {
  let settings: SettingsJson = { directory, imports };
  function Page() {
    const [, redraw] = useState(0);
    const change = (changes: Partial<SettingsJson>): void => {
      settings = { ...settings, ...changes };
      redraw((count) => count + 1);
    };
    return <DirectorySection uid="cdr" settings={settings} onChange={change} />;
  }
  const { container } = render(<Page />);
  openSections('Names and teams');
  const readFile = (text: string): Promise<void> =>
    userEvent.upload(container.querySelector<HTMLInputElement>('input[type=file]')!, new File([text], 'names.csv'));
  return { user: userEvent.setup(), saved: () => settings.directory, readFile };
}

test('a name is added, filled in and removed', async () => {
  const { user, saved } = section();
  await user.click(screen.getByRole('button', { name: 'Add name' }));
  const row = within(screen.getByRole('group', { name: 'Name 1' }));
  await user.type(row.getByLabelText('Number or queue'), ' 1001');
  await user.type(row.getByLabelText('Name'), 'Alice Miller');
  await user.type(row.getByLabelText('Teams, separated by commas'), 'Front desk, Night,');
  await user.tab();
  expect(saved()).toEqual([{ kind: 'agent', id: '1001', name: 'Alice Miller', teams: ['Front desk', 'Night'] }]);
  await user.click(screen.getByRole('button', { name: 'Remove name 1' }));
  expect(saved()).toEqual([]);
});

test('of many names some are on the page, and a search finds the others', async () => {
  const { user } = section(
    Array.from({ length: 3000 }, (_, n) => ({ id: `${1000 + n}`, name: `Agent ${n}`, teams: ['All'] }))
  );
  expect(screen.getAllByRole('group', { name: /^Name \d/ })).toHaveLength(25);
  expect(screen.getByText('2,975 more: search for them.')).toBeInTheDocument();
  await user.type(screen.getByLabelText('Search names and teams'), 'agent 17');
  expect(screen.getByText('111 of 3,000 entries')).toBeInTheDocument();
});

test('entries that are doubled or lack an id are counted', () => {
  section([{ id: '1001', name: 'Ann' }, { id: '1001', name: 'Anna' }, { name: 'Nobody' }]);
  expect(screen.getByText(/There more than once.*: 1, such as 1001/)).toBeInTheDocument();
  expect(screen.getByText(/Without a number.*: 1, such as Nobody/)).toBeInTheDocument();
});

test('a CSV file adds names and teams, keeps the others, and says what it lacks', async () => {
  const { saved, readFile } = section([
    { id: '1001', name: 'Ann', teams: ['Front'] },
    { id: '1002', name: 'Bob' },
  ]);
  await readFile('id;name;teams\n1001;Ann Miller;\n1003;Carol;Back|Front\n;Nobody;');
  expect(await screen.findByText('2 entries read. Save & test keeps them.')).toBeInTheDocument();
  expect(screen.getByText(/Without a number.*: 1, such as Nobody/)).toBeInTheDocument();
  expect(saved()).toEqual([
    { kind: 'agent', id: '1001', name: 'Ann Miller', teams: ['Front'] },
    { id: '1002', name: 'Bob' },
    { kind: 'agent', id: '1003', name: 'Carol', teams: ['Back', 'Front'] },
  ]);
});

test('a CSV file with other columns is refused, with what was found and what is expected', async () => {
  const { saved, readFile } = section([{ id: '1001', name: 'Ann' }]);
  await readFile('first,second\n1,2');
  expect(
    await screen.findByText(/must name the columns id, name, kind and teams.*found "first, second"/)
  ).toBeInTheDocument();
  expect(saved()).toEqual([{ id: '1001', name: 'Ann' }]);
});

test('names of FreePBX are read where an import is set up, and its refusal is shown', async () => {
  const { user, saved } = section(
    [],
    [
      { server: 'pbx-east', host: 'db' },
      { type: 'csv', server: 'other' },
    ]
  );
  freepbx = {
    entries: [{ kind: 'queue', id: '200', name: 'Support', teams: [] }],
    problems: [],
    failed: [{ table: 'asterisk.users', message: [verbatim('may not be read')] }],
  };
  const button = screen.getByRole('button', { name: 'Read names from FreePBX pbx-east' });
  expect(screen.queryByRole('button', { name: /other/ })).not.toBeInTheDocument();
  await user.click(button);
  expect(await screen.findByText('asterisk.users: may not be read')).toBeInTheDocument();
  expect(saved()).toEqual([{ kind: 'queue', id: '200', name: 'Support', teams: [] }]);
  refusal = 'The database is down';
  await user.click(button);
  expect(await screen.findByText('The database is down')).toBeInTheDocument();
});
