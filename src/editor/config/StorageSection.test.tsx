import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { openSections } from '../../../tests/open-sections';
import { parseSettings, type SavedSettings } from '../../settings/settings';
import { secretsOf, type CdrSourceSettings } from './secrets';
import { StorageSection } from './StorageSection';

function section(store?: SavedSettings['store'], saved: Record<string, boolean> = {}) {
  let options = { jsonData: { store }, secureJsonFields: saved } as unknown as CdrSourceSettings;
  function Page() {
    const [, redraw] = useState(0);
    const update = (change: (latest: CdrSourceSettings) => CdrSourceSettings) => {
      options = change(options);
      redraw((count) => count + 1);
    };
    return (
      <StorageSection
        settings={options.jsonData}
        onChange={(changes) => update((latest) => ({ ...latest, jsonData: { ...latest.jsonData, ...changes } }))}
        secrets={secretsOf(options, update)}
      />
    );
  }
  render(<Page />);
  openSections('Storage');
  return { user: userEvent.setup(), options: () => options };
}

const place = { type: 'postgres', host: 'db.example.com', database: 'calls', user: 'cdr' } as const;

test('a file is the store, and asks for nothing', () => {
  section();
  expect(screen.getByRole('radio', { name: 'DuckDB file' })).toBeChecked();
  expect(screen.queryByLabelText(/^Host/)).not.toBeInTheDocument();
});

test('PostgreSQL is written down as the server reads it, its secrets apart', async () => {
  const { user, options } = section();
  await user.click(screen.getByRole('radio', { name: 'PostgreSQL' }));
  await user.type(screen.getByLabelText(/^Host/), 'db.example.com');
  await user.type(screen.getByLabelText(/^Database/), 'calls');
  await user.type(screen.getByLabelText(/^User/), 'cdr');
  await user.type(screen.getByLabelText(/^Password/), 'hunter2');
  await user.type(screen.getByLabelText(/^PostgreSQL certificate authority/), 'PEM of it');
  await user.type(screen.getByLabelText(/^Client certificate/), 'PEM of mine');
  await user.type(screen.getByLabelText(/^Client key/), 'its key');
  await user.clear(screen.getByLabelText(/^Connections/));
  await user.type(screen.getByLabelText(/^Connections/), '500');
  await user.tab();
  await user.click(screen.getByLabelText(/^Distribute with Citus/));
  expect(screen.getByRole('radio', { name: 'This Grafana server' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: 'Only other servers' }));
  expect(parseSettings(options().jsonData).store).toMatchObject({
    ...place,
    tls: 'verify',
    poolSize: 100,
    citus: true,
    heardBy: 'others',
  });
  expect(options().secureJsonData).toEqual({
    storePassword: 'hunter2',
    storeCACert: 'PEM of it',
    storeClientCert: 'PEM of mine',
    storeClientKey: 'its key',
  });
  expect(JSON.stringify(options().jsonData)).not.toMatch(/hunter2|PEM|key/);
});

test('defaults of PostgreSQL are shown as values, and are not saved', async () => {
  const { user, options } = section(place);
  const fields = [/^Port/, /^Connections/, /^Statement timeout/].map((label) => screen.getByLabelText(label));
  expect(fields.map((input) => (input as HTMLInputElement).value)).toEqual(['5432', '8', '30']);
  await user.clear(fields[0]!);
  await user.tab();
  expect(fields[0]).toHaveValue(5432);
  expect(JSON.parse(JSON.stringify(options().jsonData.store))).toEqual(place);
});

test('a saved password is not shown, and can be reset', async () => {
  const { user, options } = section(place, { storePassword: true });
  expect(screen.getByLabelText(/^Password/)).toBeDisabled();
  await user.click(screen.getByRole('button', { name: /reset/i }));
  expect(options()).toMatchObject({
    secureJsonData: { storePassword: '' },
    secureJsonFields: { storePassword: false },
  });
});

test('what lacks or can not be is said at its field', () => {
  section({ type: 'postgres', host: 'postgres://db', schema: 'Calls' });
  const errors = screen.getAllByRole('alert').map(({ textContent }) => textContent);
  expect(errors).toEqual([
    'Enter a host name, an address, or the folder of a socket',
    'Enter the name of the database',
    'Enter the user',
    expect.stringContaining('Use up to 63 lowercase letters'),
  ]);
});

test.each([
  ['off', 'db.example.com', "The connection isn't encrypted"],
  ['require', 'db.example.com', "The certificate of the server isn't checked"],
] as const)('TLS %s to another machine says what it risks, and to this one not', (tls, host, warning) => {
  section({ ...place, host, tls });
  expect(screen.getByText(warning)).toBeInTheDocument();
  section({ ...place, host: '127.0.0.1', tls });
  expect(screen.getAllByText(warning)).toHaveLength(1);
});

test('a socket takes no TLS', () => {
  section({ ...place, host: '/run/postgresql' });
  expect(screen.queryByRole('radio', { name: 'Verify certificate' })).not.toBeInTheDocument();
});
