import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { of, throwError } from 'rxjs';
import type { SettingsJson } from '../../datasource/panel-query';
import { sentence, verbatim } from '../../sentences/sentence';
import type { SetupCheck } from '../../setup/setup-checks';
import { ConfigEditor } from './ConfigEditor';
import type { CdrSourceSettings } from './secrets';

const connected = check('amiws', 'ok');
const failing = check('amiws', 'problem', 'Nothing listens there.');
const unset: SetupCheck = { ...failing, found: [sentence('setup.amiws.none')] };

function check(id: SetupCheck['id'], state: SetupCheck['state'], found = 'Seen.', server = ''): SetupCheck {
  return { id, server, state, found: [verbatim(found)], advice: [], parts: [] };
}

/** What the server part answers; null while it is away. */
let checks: SetupCheck[] | null;

beforeEach(() => {
  jest.useFakeTimers();
  setBackendSrv({
    fetch: ({ url }: { url: string }) =>
      url.endsWith('/setup') && checks !== null ? of({ data: checks }) : throwError(() => new Error('502')),
  } as unknown as BackendSrv);
});
afterEach(() => jest.useRealTimers());

async function nextLook(): Promise<void> {
  await act(() => jest.advanceTimersByTimeAsync(5_000));
}

async function page(answers: SetupCheck[] | null, jsonData: SettingsJson = {}, readOnly = false): Promise<void> {
  checks = answers;
  function Page() {
    const [options, setOptions] = useState({
      uid: 'cdr',
      jsonData,
      secureJsonFields: {},
      readOnly,
    } as CdrSourceSettings);
    return <ConfigEditor options={options} onOptionsChange={setOptions} />;
  }
  render(<Page />);
  await act(() => jest.advanceTimersByTimeAsync(1));
}

const titles = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
const section = (name: string) => screen.getByRole('region', { name });
const toggle = (name: string) => within(section(name)).getAllByRole('button', { name })[0]!;

test('a new data source begins with its connection and what to do', async () => {
  await page([unset]);
  expect(titles().slice(0, 2)).toEqual(['Connection', 'Check list']);
  expect(screen.getByText('Connect to your PBX')).toBeInTheDocument();
});

test('the check list stands first once connected', async () => {
  await page([connected], { amiwsUrl: 'ws://pbx' });
  expect(titles().slice(0, 2)).toEqual(['Check list', 'Connection']);
  expect(screen.queryByText('Not connected yet')).not.toBeInTheDocument();
});

test('one that is saved and can’t connect begins with the reason and its connection', async () => {
  await page([failing], { amiwsUrl: 'ws://pbx' });
  expect(titles().slice(0, 2)).toEqual(['Connection', 'Check list']);
  expect(within(screen.getByRole('alert')).getByText(/Nothing listens there/)).toBeInTheDocument();
});

test('without the server part the connection stands first, and where the reason is', async () => {
  await page(null, { amiwsUrl: 'ws://pbx' });
  expect(titles()[0]).toBe('Connection');
  expect(screen.getByRole('alert')).toHaveTextContent('Select Save & test to see the reason');
});

test('the check list comes first as soon as something is connected, and takes the focus from no field', async () => {
  await page([unset]);
  const address = screen.getByLabelText(/^amiws address/);
  address.focus();
  checks = [connected];
  await nextLook();
  expect(titles()[0]).toBe('Check list');
  expect(address).toHaveFocus();
});

test('the check list stays first while a connection is lost', async () => {
  await page([connected], { amiwsUrl: 'ws://pbx' });
  checks = [failing];
  await nextLook();
  expect(titles()[0]).toBe('Check list');
  checks = null;
  await nextLook();
  expect(titles()[0]).toBe('Check list');
});

test('of several PBXes one that is connected is enough, and those that lack nothing are folded', async () => {
  await page(
    [
      check('ami', 'problem', 'The PBX is not connected.', 'east'),
      check('ami', 'ok', 'Logged in.', 'west'),
      check('pbx', 'ok', 'Heard.', 'west'),
      check('names', 'unknown', 'None yet.', 'west'),
    ],
    { connection: 'ami', pbxes: [{ host: 'east' }, { host: 'west' }] }
  );
  expect(titles()[0]).toBe('Check list');
  expect(toggle('east')).toHaveAttribute('aria-expanded', 'true');
  expect(toggle('west')).toHaveAttribute('aria-expanded', 'false');
  expect(section('west')).toHaveTextContent('2 of 3 checks passed');
});

test('a PBX that lacks nothing, and is folded, opens as soon as something is wrong with it', async () => {
  const ami = [check('ami', 'ok', 'Logged in.', 'east'), check('ami', 'ok', 'Logged in.', 'west')];
  await page([...ami, check('pbx', 'ok', 'Heard.', 'west')], {
    connection: 'ami',
    pbxes: [{ host: 'east' }, { host: 'west' }],
  });
  expect(toggle('west')).toHaveAttribute('aria-expanded', 'false');
  checks = [...ami, check('pbx', 'problem', 'Not heard.', 'west')];
  await nextLook();
  expect(toggle('west')).toHaveAttribute('aria-expanded', 'true');
});

const rare = [
  'TLS',
  'Authentication',
  'PBX time',
  'Business hours',
  'Figures',
  'Names and teams',
  'Directions',
  'Agents',
  'Links',
  'Call history',
  'Storage',
  'Privacy',
  'Mode',
];

test('sections that few need are folded, and say nothing more where the defaults hold', async () => {
  await page([connected], { amiwsUrl: 'ws://pbx' });
  expect(titles()).toEqual(['Check list', 'Connection', ...rare]);
  for (const name of rare) {
    expect(toggle(name)).toHaveAttribute('aria-expanded', 'false');
    expect(within(section(name)).queryByRole('textbox')).not.toBeInTheDocument();
  }
  expect(section('Storage')).toHaveTextContent(/^StorageWhere calls are stored, and for how long\.$/);
});

const summaries: Array<[string, SettingsJson, string]> = [
  ['Authentication', { basicAuthUser: 'grafana', headerNames: ['', 'X-One'] }, 'User grafana, Headers: X-One'],
  ['PBX time', { timeZone: 'UTC', serverTimeZones: { west: 'America/Denver' } }, 'UTC, west: America/Denver'],
  ['Business hours', { businessHours: ['Mon-Fri 08:00-18:00'], holidays: ['12-25'] }, 'Mon-Fri 08:00-18:00, 1 holiday'],
  ['Business hours', { holidays: ['12-25', '', '01-01', '05-01'] }, '3 holidays'],
  ['Figures', { serviceLevelThreshold: 30, shortAbandonThreshold: 5 }, 'Service level 30 s, Short abandons 5 s'],
  ['Figures', { wrapUpTimes: { support: 15 } }, 'Wrap-up times of support'],
  ['Names and teams', { directory: [{ id: '1' }, { id: '2' }] }, '2 names'],
  ['Directions', { directionRules: [{ field: 'channel', pattern: 'x', direction: 'inbound' }] }, '1 rule'],
  ['Directions', { externalChannels: ['^SIP/'] }, 'Your own external channel patterns'],
  ['Agents', { agentPatterns: ['(x)'] }, 'Your own patterns'],
  ['Links', { recordingUrl: 'https://pbx/${uniqueId}.wav' }, 'https://pbx/${uniqueId}.wav'],
  ['Call history', { imports: [{ server: 'a' }, null, { server: 'b' }] }, '2 imports'],
  [
    'Storage',
    { store: { type: 'postgres', host: 'db', database: 'c', user: 'u' }, retentionDays: 90 },
    'PostgreSQL, 90 days',
  ],
  ['Storage', { retentionDays: 0 }, 'Calls are never deleted'],
  ['Privacy', { maskNumbersFor: 'viewers' }, 'Numbers are masked for Viewers'],
];

test.each(summaries)('%s, folded, shows what is set in it: %j', async (name, jsonData, summary) => {
  await page([connected], { amiwsUrl: 'ws://pbx', ...jsonData });
  expect(toggle(name)).toHaveAttribute('aria-expanded', 'false');
  expect(within(section(name)).getByText(summary)).toBeInTheDocument();
  fireEvent.click(toggle(name));
  expect(within(section(name)).queryByText(summary)).not.toBeInTheDocument();
});

const faulty: Array<[string, SettingsJson]> = [
  ['TLS', { tlsSkipVerify: true }],
  ['Authentication', { headerNames: ['X One'] }],
  ['Business hours', { holidays: ['Christmas'] }],
  ['Names and teams', { directory: [{ name: 'Nobody' }] }],
  ['Directions', { externalChannels: ['(?=x)'] }],
  ['Directions', { directionRules: [{ field: 'channel', pattern: '', direction: 'inbound' }] }],
  ['Agents', { agentPatterns: ['no group'] }],
  ['Links', { recordingUrl: 'javascript:alert(1)' }],
  ['Storage', { store: { type: 'postgres' } }],
];

test.each(faulty)('%s is open where something in it is wrong: %j', async (name, jsonData) => {
  await page([connected], { amiwsUrl: 'ws://pbx', ...jsonData });
  expect(toggle(name)).toHaveAttribute('aria-expanded', 'true');
});

test('a section that was faulty stays open once that is mended, and one that is folded by hand says that it is', async () => {
  await page([connected], { amiwsUrl: 'ws://pbx', holidays: ['Christmas'] });
  fireEvent.change(screen.getByLabelText(/^Holidays/), { target: { value: '12-25' } });
  expect(toggle('Business hours')).toHaveAttribute('aria-expanded', 'true');
  fireEvent.change(screen.getByLabelText(/^Holidays/), { target: { value: '12-25\nNew Year' } });
  fireEvent.click(toggle('Business hours'));
  expect(toggle('Business hours')).toHaveAttribute('aria-expanded', 'false');
  expect(within(section('Business hours')).getByRole('img', { name: 'Problem' })).toBeInTheDocument();
});

test('sections of a provisioned data source open, though nothing in them can be changed', async () => {
  await page([connected], { amiwsUrl: 'ws://pbx', retentionDays: 90 }, true);
  fireEvent.click(toggle('Storage'));
  expect(screen.getByLabelText(/^Keep call records for/)).toBeDisabled();
  expect(screen.getByLabelText(/^amiws address/)).toBeDisabled();
  expect(screen.getByRole('radio', { name: 'FreePBX' })).toBeEnabled();
});

test('a browser that listens by itself has no check list, and shows its risk', async () => {
  await page(null, { mode: 'browser' });
  expect(titles()[0]).toBe('Connection');
  expect(screen.getByText(/Enter the amiws address, then select Save & test/)).toBeInTheDocument();
  expect(toggle('Mode')).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByRole('alert')).toHaveTextContent('Anyone who reaches amiws can control the PBX');
});
