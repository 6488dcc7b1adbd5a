import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of, throwError } from 'rxjs';
import type { Listening } from '../../setup/listening';
import { ListeningSection } from './ListeningSection';

const listening = (uid: string, isListening: boolean): Listening => ({
  uid,
  name: `PBX ${uid}`,
  schema: '',
  isListening,
  lastEventAt: null,
  idleHours: 0,
});

let served: Listening[];
let refusal: string | null;
let asked: Array<{ url: string; data: unknown }>;

beforeEach(() => {
  served = [listening('cdr', true), listening('old', true)];
  refusal = null;
  asked = [];
  setBackendSrv({
    fetch: ({ url, method, data }: { url: string; method: string; data: unknown }) => {
      if (method === 'POST') {
        asked.push({ url, data });
        return refusal === null ? of({ data: null }) : throwError(() => ({ status: 404, data: { message: refusal } }));
      }
      return of({ data: url === '/api/datasources' ? [{ uid: 'cdr' }, { uid: 'loki' }] : served });
    },
  } as unknown as BackendSrv);
});

const row = async (uid: string) => within(await screen.findByRole('listitem', { name: `PBX ${uid}` }));

test('a data source that Grafana has no more can be stopped; one that it has listens as long as it is asked for', async () => {
  const user = userEvent.setup();
  render(<ListeningSection uid="cdr" />);
  expect((await row('cdr')).getByText('Listens')).toBeInTheDocument();
  expect((await row('cdr')).queryByRole('button', { name: 'Stop' })).not.toBeInTheDocument();
  expect((await row('old')).getByText('Deleted in Grafana, still listens')).toBeInTheDocument();
  served = [listening('cdr', true), listening('old', false)];
  await user.click((await row('old')).getByRole('button', { name: 'Stop' }));
  expect(asked).toEqual([{ url: '/api/datasources/uid/cdr/resources/stop-listening', data: { uid: 'old' } }]);
  expect(await screen.findByText("Deleted in Grafana, doesn't listen")).toBeInTheDocument();
});

test('stored calls are deleted once that is confirmed', async () => {
  const user = userEvent.setup();
  render(<ListeningSection uid="cdr" />);
  await user.click((await row('old')).getByRole('button', { name: 'Delete stored calls' }));
  expect(asked).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'Delete permanently' }));
  expect(asked).toEqual([{ url: '/api/datasources/uid/cdr/resources/delete-stored', data: { uid: 'old' } }]);
});

test('calls in PostgreSQL stay, and what deletes them there is said', async () => {
  const user = userEvent.setup();
  served = [{ ...listening('old', false), schema: 'cdr_1_old' }];
  render(<ListeningSection uid="cdr" />);
  await user.click((await row('old')).getByRole('button', { name: 'Delete stored calls' }));
  expect(await screen.findByText(/Calls in PostgreSQL stay.* run DROP SCHEMA cdr_1_old CASCADE/)).toBeInTheDocument();
});

test('the reason is shown when it does not work', async () => {
  const user = userEvent.setup();
  refusal = 'No data source with the UID "old" was served here.';
  render(<ListeningSection uid="cdr" />);
  await user.click((await row('old')).getByRole('button', { name: 'Stop' }));
  expect(await screen.findByText(refusal)).toBeInTheDocument();
});

test('nothing is shown to who may not know', () => {
  setBackendSrv({ fetch: () => throwError(() => new Error('403')) } as unknown as BackendSrv);
  render(<ListeningSection uid="cdr" />);
  expect(screen.queryByText('Data sources with stored calls')).not.toBeInTheDocument();
});
