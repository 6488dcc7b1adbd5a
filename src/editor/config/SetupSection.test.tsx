import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of, throwError, type Observable } from 'rxjs';
import { sentence, verbatim } from '../../sentences/sentence';
import type { SetupCheck } from '../../setup/setup-checks';
import { SetupSection } from './SetupSection';
import { useSetupChecks } from './use-setup-checks';

function Checked() {
  return <SetupSection uid="cdr" setup={useSetupChecks('cdr')} />;
}

const all: Omit<SetupCheck, 'id'> = {
  server: 'pbx-east',
  state: 'ok',
  found: [verbatim('Seen.')],
  advice: [],
  parts: [],
};
const mapped: SetupCheck = {
  ...all,
  id: 'linkedId',
  state: 'problem',
  found: [sentence('setup.mapping.no-linked-id')],
  advice: [verbatim('Map it.')],
  parts: ['cdrManager'],
};

let answers: Array<Observable<{ data: SetupCheck[] }>>;
const asked: string[] = [];
let posted: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  posted = [];
  setBackendSrv({
    fetch: ({ url }: { url: string }) => {
      asked.push(url);
      return answers.length > 1 ? answers.shift() : answers[0];
    },
    post: async (url: string, body: unknown) => void posted.push([url, body]),
  } as unknown as BackendSrv);
});

afterEach(() => jest.useRealTimers());

const list = (checks: SetupCheck[]) => of({ data: checks });

test('each PBX has its checks, a problem with the lines that help', async () => {
  answers = [list([{ ...all, id: 'amiws', server: '' }, { ...all, id: 'clock' }, mapped])];
  render(<Checked />);
  const east = within(await screen.findByRole('region', { name: 'pbx-east' }));
  expect(within(east.getByRole('listitem', { name: 'Clock' })).getByText('Seen.')).toBeInTheDocument();
  const problem = within(east.getByRole('listitem', { name: 'Linked ID' }));
  expect(problem.getByText('Map it.')).toBeInTheDocument();
  expect(problem.getByText('/etc/asterisk/cdr_manager.conf')).toBeInTheDocument();
  expect(problem.getByText(/linkedid => LinkedID/)).toBeInTheDocument();
  expect(within(screen.getByRole('region', { name: 'amiws' })).queryByText(/Copy/)).not.toBeInTheDocument();
  expect(asked).toEqual(['/api/datasources/uid/cdr/resources/setup']);
});

test('the lines go into the files of the PBX that is chosen', async () => {
  const user = userEvent.setup();
  answers = [list([mapped])];
  render(<Checked />);
  const problem = within(await screen.findByRole('listitem', { name: 'Linked ID' }));
  await user.click(screen.getByRole('radio', { name: 'FreePBX' }));
  expect(problem.getByText('/etc/asterisk/cdr_manager_mapping_custom.conf')).toBeInTheDocument();
  expect(problem.getByText('fwconsole reload')).toBeInTheDocument();
});

test('the lines of one file are copied as they stand', async () => {
  const user = userEvent.setup();
  answers = [list([mapped])];
  render(<Checked />);
  Object.assign(window, { isSecureContext: true });
  const file = within(await screen.findByRole('group', { name: '/etc/asterisk/cdr_manager.conf' }));
  await user.click(file.getByRole('button', { name: 'Copy' }));
  expect(await navigator.clipboard.readText()).toBe(
    '[general]\nenabled = yes\n\n[mappings]\nlinkedid => LinkedID\nsequence => Sequence'
  );
});

test('the page looks again, and keeps the list while the server part is away', async () => {
  jest.useFakeTimers();
  answers = [list([mapped]), throwError(() => new Error('502')), list([{ ...mapped, state: 'ok', parts: [] }])];
  render(<Checked />);
  expect(await screen.findByRole('img', { name: 'Problem' })).toBeInTheDocument();
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(await screen.findByText(/does not answer/)).toBeInTheDocument();
  expect(screen.getByRole('img', { name: 'Problem' })).toBeInTheDocument();
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(await screen.findByRole('img', { name: 'All well' })).toBeInTheDocument();
  expect(screen.queryByText(/does not answer/)).not.toBeInTheDocument();
});

test('all lines of a new PBX can be had before anything is seen', async () => {
  const user = userEvent.setup();
  answers = [list([])];
  render(<Checked />);
  expect(screen.queryByText('/etc/amiws.yaml')).not.toBeInTheDocument();
  await user.click(screen.getByText('All lines that a new PBX and amiws need'));
  expect(await screen.findByText('/etc/amiws.yaml')).toBeInTheDocument();
});

test('a PBX that is not heard can be removed, once that is confirmed', async () => {
  const user = userEvent.setup();
  answers = [
    list([
      { ...all, id: 'pbx', state: 'problem' },
      { ...all, id: 'pbx', server: 'pbx-west' },
    ]),
  ];
  render(<Checked />);
  const east = within(await screen.findByRole('region', { name: 'pbx-east' }));
  await user.click(east.getByRole('button', { name: 'Remove this PBX' }));
  expect(posted).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect(posted).toEqual([['/api/datasources/uid/cdr/resources/forget-server', { server: 'pbx-east' }]]);
  expect(screen.getAllByRole('button', { name: 'Remove this PBX' })).toHaveLength(1);
});
