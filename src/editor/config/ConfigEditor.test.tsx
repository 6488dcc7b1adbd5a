import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { NEVER } from 'rxjs';
import { openSections } from '../../../tests/open-sections';
import { parseSettings } from '../../settings/settings';
import type { SettingsJson } from '../../datasource/panel-query';
import { ConfigEditor } from './ConfigEditor';
import type { CdrSourceSettings } from './secrets';

beforeEach(() => setBackendSrv({ fetch: () => NEVER } as unknown as BackendSrv));

/** The page as Grafana holds it. */
function page(jsonData: SettingsJson = {}, others: Partial<CdrSourceSettings> = {}) {
  let options = { jsonData, secureJsonFields: {}, readOnly: false, ...others } as CdrSourceSettings;
  function Page() {
    const [, redraw] = useState(0);
    return (
      <ConfigEditor
        options={options}
        onOptionsChange={(next) => {
          options = next;
          redraw((count) => count + 1);
        }}
      />
    );
  }
  render(<Page />);
  return { user: userEvent.setup(), saved: () => options };
}

async function pick(user: ReturnType<typeof userEvent.setup>, input: HTMLElement, option: string) {
  await user.click(input);
  await user.click(await screen.findByRole('option', { name: option }));
}

test('a page of which nothing was filled in can be read back as settings', () => {
  const { saved } = page();
  expect(saved().jsonData).toEqual({});
  expect(screen.getByPlaceholderText('ws://pbx.example.com:8080')).toBeInTheDocument();
});

test('the address is checked once the field is left', async () => {
  const { user, saved } = page();
  await user.type(screen.getByLabelText(/^amiws address/), 'http://pbx:8080');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  await user.tab();
  expect(screen.getByRole('alert')).toHaveTextContent('write ws://pbx:8080');
  expect(saved().jsonData.amiwsUrl).toBe('http://pbx:8080');
});

test('leaving certificates unchecked is warned of', async () => {
  const { user, saved } = page({ amiwsUrl: 'wss://pbx' });
  openSections('TLS');
  await user.click(screen.getByRole('switch', { name: /^Accept any certificate/ }));
  expect(screen.getByText("The certificate of amiws isn't checked")).toBeInTheDocument();
  expect(saved().jsonData).toEqual({ amiwsUrl: 'wss://pbx', tlsSkipVerify: true });
});

test('secrets go to the secrets alone', async () => {
  const { user, saved } = page();
  openSections('TLS', 'Authentication');
  await user.type(screen.getByLabelText(/^User/), 'grafana');
  await user.type(screen.getByLabelText('Password'), 'hunter2');
  await user.type(screen.getByLabelText(/^Certificate authority/), 'PEM');
  expect(saved().secureJsonData).toEqual({ basicAuthPassword: 'hunter2', tlsCACert: 'PEM' });
  expect(saved().jsonData).toEqual({ basicAuthUser: 'grafana' });
});

test('a saved secret can be taken away', async () => {
  const { user, saved } = page({}, { secureJsonFields: { basicAuthPassword: true } });
  openSections('Authentication');
  expect(screen.getByLabelText('Password')).toBeDisabled();
  await user.click(screen.getByRole('button', { name: /reset/i }));
  expect(saved()).toMatchObject({
    secureJsonFields: { basicAuthPassword: false },
    secureJsonData: { basicAuthPassword: '' },
  });
});

test('a header has its value among the secrets, by its place', async () => {
  const { user, saved } = page({ headerNames: ['X-One'] }, { secureJsonFields: { header0: true } });
  openSections('Authentication');
  await user.click(screen.getByRole('button', { name: 'Add header' }));
  const second = within(screen.getAllByRole('group', { name: /^Header/ })[1]!);
  await user.type(second.getByLabelText('Header name'), 'X-Two');
  await user.type(second.getByLabelText('Value'), 'secret');
  expect(saved().jsonData.headerNames).toEqual(['X-One', 'X-Two']);
  expect(saved().secureJsonData).toEqual({ header1: 'secret' });
});

test('a header that is removed takes its value along and leaves those of the others where they are', async () => {
  const { user, saved } = page(
    { headerNames: ['X-One', 'X-Two'] },
    { secureJsonFields: { header0: true, header1: true } }
  );
  openSections('Authentication');
  await user.click(screen.getByRole('button', { name: 'Remove header X-One' }));
  expect(saved()).toMatchObject({
    jsonData: { headerNames: ['', 'X-Two'] },
    secureJsonFields: { header0: false, header1: true },
    secureJsonData: { header0: '' },
  });
  await user.click(screen.getByRole('button', { name: 'Add header' }));
  await user.type(screen.getAllByLabelText('Header name')[0]!, 'X-New');
  expect(saved().jsonData.headerNames).toEqual(['X-New', 'X-Two']);
});

test('a header whose name no header can have is told wrong', async () => {
  page({ headerNames: ['X One'] });
  expect(screen.getByRole('alert')).toHaveTextContent(`"X One" isn't a valid header name`);
});

test('the PBX and single servers have a zone', async () => {
  const { user, saved } = page({ serverTimeZones: { west: 'America/Denver' } });
  openSections('PBX time');
  await pick(user, screen.getByLabelText(/^Time zone of the PBX/), 'UTC');
  const another = within(screen.getByRole('group', { name: 'PBX in another time zone' }));
  const add = another.getByRole('button', { name: 'Add time zone' });
  expect(add).toBeDisabled();
  await user.type(another.getByLabelText('PBX name'), ' east ');
  await pick(user, another.getByLabelText('Time zone'), 'UTC');
  await user.click(add);
  await user.click(screen.getByRole('button', { name: 'Remove time zone of west' }));
  expect(saved().jsonData).toEqual({ timeZone: 'UTC', serverTimeZones: { east: 'UTC' } });
});

test('defaults are shown as values, and hold again once their field is emptied', async () => {
  const { user, saved } = page({ retentionDays: 30 });
  openSections('Figures', 'Storage');
  const threshold = screen.getByLabelText(/^Service level threshold/);
  const retention = screen.getByLabelText(/^Keep call records for/);
  expect(threshold).toHaveValue(20);
  expect(retention).toHaveValue(30);
  await user.clear(retention);
  await user.clear(threshold);
  await user.tab();
  expect(threshold).toHaveValue(20);
  expect(retention).toHaveValue(400);
  expect(JSON.parse(JSON.stringify(saved().jsonData))).toEqual({});
});

test('short abandons follow the service level threshold, or have one of their own', async () => {
  const { user, saved } = page({ serviceLevelThreshold: 15, shortAbandonThreshold: 0 });
  openSections('Figures');
  const shortAbandon = screen.getByLabelText(/^Short abandons within/);
  expect(shortAbandon).toHaveValue(15);
  await user.clear(shortAbandon);
  await user.type(shortAbandon, '5{Enter}');
  expect(saved().jsonData).toEqual({ serviceLevelThreshold: 15, shortAbandonThreshold: 5 });
});

test('what an AMI port is by default goes with TLS', async () => {
  const { user, saved } = page({ connection: 'ami', pbxes: [{ server: 'east' }] });
  expect(screen.getByLabelText('AMI port')).toHaveValue(5038);
  await user.click(screen.getByRole('switch', { name: /^AMI over TLS/ }));
  expect(screen.getByLabelText('AMI port')).toHaveValue(5039);
  expect(saved().jsonData.pbxes).toEqual([{ server: 'east', tls: true }]);
});

test('rules are added, written and put in order', async () => {
  const { user, saved } = page({
    directionRules: [{ field: 'accountCode', pattern: '^trunk', direction: 'inbound' }],
  });
  openSections('Directions');
  await user.click(screen.getByRole('button', { name: 'Add rule' }));
  const second = within(screen.getByRole('group', { name: 'Rule 2' }));
  expect(second.getByRole('alert')).toHaveTextContent('Enter a pattern');
  await pick(user, second.getByLabelText('If the field'), 'Destination');
  await user.type(second.getByLabelText('matches the pattern'), '^00');
  await pick(user, second.getByLabelText('the call is'), 'outbound');
  await user.click(screen.getByRole('button', { name: 'Move rule 2 up' }));
  expect(saved().jsonData.directionRules).toEqual([
    { field: 'destination', pattern: '^00', direction: 'outbound' },
    { field: 'accountCode', pattern: '^trunk', direction: 'inbound' },
  ]);
  expect(screen.getByRole('button', { name: 'Move rule 1 up' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Remove rule 1' }));
  expect(saved().jsonData.directionRules).toHaveLength(1);
});

test('a pattern that does not compile is told wrong beside it', () => {
  page({ directionRules: [{ field: 'channel', pattern: '(?=x)', direction: 'inbound' }] });
  openSections('Directions');
  expect(within(screen.getByRole('group', { name: 'Rule 1' })).getByRole('alert')).toHaveTextContent(
    'The pattern "(?=x)" is not a valid RE2 expression'
  );
});

test('an agent pattern needs a group; the default can be had back', async () => {
  const { user, saved } = page({ agentPatterns: ['^PJSIP/'] });
  openSections('Agents');
  expect(screen.getByRole('alert')).toHaveTextContent('put the part that is the extension in parentheses');
  await user.click(screen.getByRole('button', { name: 'Restore defaults' }));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(parseSettings(saved().jsonData).agentPatterns).toEqual(parseSettings({}).agentPatterns);
});

test('the address of recordings must lead to a host that is written out, by http', async () => {
  const { user, saved } = page();
  openSections('Links');
  const address = screen.getByLabelText(/^Address of recordings/);
  await user.click(address);
  await user.paste('javascript:alert(1)');
  await user.tab();
  expect(screen.getByRole('alert')).toHaveTextContent('Start the address with http:// or https://');
  await user.clear(address);
  await user.paste('https://pbx/${uniqueId}.wav');
  await user.tab();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(saved().jsonData.recordingUrl).toBe('https://pbx/${uniqueId}.wav');
});

test('a provisioned data source can only be looked at', () => {
  page({}, { readOnly: true });
  openSections('Directions');
  expect(screen.getByLabelText(/^amiws address/)).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Add rule' })).toBeDisabled();
});

test('browser only opens the proxy and leaves out what only the server part does', () => {
  const { saved } = page({ mode: 'browser', amiwsUrl: 'ws://pbx:8080' });
  for (const title of ['Check list', 'TLS', 'Authentication', 'Call history', 'Storage', 'Privacy']) {
    expect(screen.queryByRole('heading', { name: title })).not.toBeInTheDocument();
  }
  fireEvent.change(screen.getByLabelText(/^amiws address/), { target: { value: 'ws://other:1' } });
  expect(saved().jsonData).toMatchObject({ amiwsUrl: 'ws://other:1', amiwsProxyUrl: 'http://other:1' });
});

describe('PBXes that are logged in to', () => {
  test('are added with their secret, and amiws’ own settings are out of the way', async () => {
    const { user, saved } = page();
    await user.click(screen.getByRole('radio', { name: 'Asterisk (AMI)' }));
    expect(screen.queryByPlaceholderText('ws://pbx.example.com:8080')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Add PBX' }));
    const pbx = within(screen.getByRole('group', { name: 'PBX 1' }));
    fireEvent.change(pbx.getByLabelText(/^PBX name/), { target: { value: 'pbx-east' } });
    fireEvent.change(pbx.getByLabelText(/^AMI host/), { target: { value: 'pbx' } });
    fireEvent.change(pbx.getByLabelText(/^AMI user/), { target: { value: 'grafana' } });
    fireEvent.change(pbx.getByLabelText('AMI secret'), { target: { value: 'hunter2' } });
    expect(saved().jsonData).toEqual({
      connection: 'ami',
      pbxes: [{ server: 'pbx-east', host: 'pbx', user: 'grafana' }],
    });
    expect(saved().secureJsonData).toEqual({ pbxSecret0: 'hunter2' });
    expect(parseSettings(saved().jsonData).pbxes).toHaveLength(1);
  });

  test('leave their place and no secret when they are removed', async () => {
    const pbxes = [{ server: 'a' }, { server: 'b' }];
    const { user, saved } = page({ connection: 'both', pbxes }, { secureJsonFields: { pbxSecret0: true } });
    await user.click(screen.getByRole('button', { name: 'Remove PBX 1' }));
    expect(saved().jsonData.pbxes).toEqual([null, { server: 'b' }]);
    expect(saved().secureJsonData).toMatchObject({ pbxSecret0: '', pbxCACert0: '' });
    await user.click(screen.getByRole('button', { name: 'Add PBX' }));
    expect(saved().jsonData.pbxes).toEqual([{}, { server: 'b' }]);
  });

  test('are none in a browser, which can reach amiws only', () => {
    page({ mode: 'browser', connection: 'ami' });
    expect(screen.getByPlaceholderText('ws://pbx.example.com:8080')).toBeInTheDocument();
    expect(screen.queryByRole('radio', { name: 'Asterisk (AMI)' })).not.toBeInTheDocument();
  });
});
