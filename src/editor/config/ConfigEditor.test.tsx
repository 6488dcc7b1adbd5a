import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { parseSettings } from '../../settings/settings';
import type { SettingsJson } from '../../datasource/panel-query';
import { ConfigEditor } from './ConfigEditor';
import type { CdrSourceSettings } from './secrets';

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
  await user.click(screen.getByRole('switch', { name: /^Accept any certificate/ }));
  expect(screen.getByText('The certificate of amiws is not checked')).toBeInTheDocument();
  expect(saved().jsonData).toEqual({ amiwsUrl: 'wss://pbx', tlsSkipVerify: true });
});

test('secrets go to the secrets alone', async () => {
  const { user, saved } = page();
  await user.type(screen.getByLabelText(/^User/), 'grafana');
  await user.type(screen.getByLabelText('Password'), 'hunter2');
  await user.type(screen.getByLabelText(/^Certificate authority/), 'PEM');
  expect(saved().secureJsonData).toEqual({ basicAuthPassword: 'hunter2', tlsCACert: 'PEM' });
  expect(saved().jsonData).toEqual({ basicAuthUser: 'grafana' });
});

test('a saved secret can be taken away', async () => {
  const { user, saved } = page({}, { secureJsonFields: { basicAuthPassword: true } });
  expect(screen.getByLabelText('Password')).toBeDisabled();
  await user.click(screen.getByRole('button', { name: /reset/i }));
  expect(saved()).toMatchObject({
    secureJsonFields: { basicAuthPassword: false },
    secureJsonData: { basicAuthPassword: '' },
  });
});

test('a header has its value among the secrets, by its place', async () => {
  const { user, saved } = page({ headerNames: ['X-One'] }, { secureJsonFields: { header0: true } });
  await user.click(screen.getByRole('button', { name: 'Add header' }));
  const second = within(screen.getAllByRole('group', { name: /^Header/ })[1]!);
  await user.type(second.getByLabelText('Header'), 'X-Two');
  await user.type(second.getByLabelText('Value'), 'secret');
  expect(saved().jsonData.headerNames).toEqual(['X-One', 'X-Two']);
  expect(saved().secureJsonData).toEqual({ header1: 'secret' });
});

test('a header that is removed takes its value along and leaves those of the others where they are', async () => {
  const { user, saved } = page(
    { headerNames: ['X-One', 'X-Two'] },
    { secureJsonFields: { header0: true, header1: true } }
  );
  await user.click(screen.getByRole('button', { name: 'Remove header X-One' }));
  expect(saved()).toMatchObject({
    jsonData: { headerNames: ['', 'X-Two'] },
    secureJsonFields: { header0: false, header1: true },
    secureJsonData: { header0: '' },
  });
  await user.click(screen.getByRole('button', { name: 'Add header' }));
  await user.type(screen.getAllByLabelText('Header')[0]!, 'X-New');
  expect(saved().jsonData.headerNames).toEqual(['X-New', 'X-Two']);
});

test('a header whose name no header can have is told wrong', async () => {
  page({ headerNames: ['X One'] });
  expect(screen.getByRole('alert')).toHaveTextContent(`"X One" can't be the name of a header`);
});

test('the PBX and single servers have a zone', async () => {
  const { user, saved } = page({ serverTimeZones: { west: 'America/Denver' } });
  await pick(user, screen.getByLabelText(/^Time zone of the PBX/), 'UTC');
  const add = screen.getByRole('button', { name: 'Add zone of a server' });
  expect(add).toBeDisabled();
  await user.type(screen.getByLabelText('Server'), ' east ');
  await pick(user, screen.getByLabelText('Zone'), 'UTC');
  await user.click(add);
  await user.click(screen.getByRole('button', { name: 'Remove zone of west' }));
  expect(saved().jsonData).toEqual({ timeZone: 'UTC', serverTimeZones: { east: 'UTC' } });
});

test('threshold and retention are whole numbers; emptied, the default holds', async () => {
  const { user, saved } = page({ retentionDays: 30 });
  await user.type(screen.getByLabelText(/^Service level threshold/), '0');
  await user.clear(screen.getByLabelText(/^Keep call records for/));
  await user.tab();
  expect(saved().jsonData.serviceLevelThreshold).toBe(1);
  expect(parseSettings(saved().jsonData).retentionDays).toBe(400);
});

test('short abandons have a threshold of their own, or that of the service level', async () => {
  const { user, saved } = page({});
  expect(screen.getByLabelText(/^Short abandons within/)).toHaveAttribute(
    'placeholder',
    'as the service level threshold'
  );
  await user.type(screen.getByLabelText(/^Short abandons within/), '5{Enter}');
  expect(saved().jsonData).toEqual({ shortAbandonThreshold: 5 });
});

test('rules are added, written and put in order', async () => {
  const { user, saved } = page({
    directionRules: [{ field: 'accountCode', pattern: '^trunk', direction: 'inbound' }],
  });
  await user.click(screen.getByRole('button', { name: 'Add rule' }));
  const second = within(screen.getByRole('group', { name: 'Rule 2' }));
  expect(second.getByRole('alert')).toHaveTextContent('Enter a pattern');
  await pick(user, second.getByLabelText('2. Where'), 'Destination');
  await user.type(second.getByLabelText('matches'), '^00');
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
  expect(within(screen.getByRole('group', { name: 'Rule 1' })).getByRole('alert')).toHaveTextContent(
    'The pattern "(?=x)" is not a valid RE2 expression'
  );
});

test('an agent pattern needs a group; the default can be had back', async () => {
  const { user, saved } = page({ agentPatterns: ['^PJSIP/'] });
  expect(screen.getByRole('alert')).toHaveTextContent('put the part that is the extension in parentheses');
  await user.click(screen.getByRole('button', { name: 'Back to the default' }));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(parseSettings(saved().jsonData).agentPatterns).toEqual(parseSettings({}).agentPatterns);
});

test('the address of recordings must lead to a host that is written out, by http', async () => {
  const { user, saved } = page();
  const address = screen.getByLabelText(/^Address of recordings/);
  await user.click(address);
  await user.paste('javascript:alert(1)');
  await user.tab();
  expect(screen.getByRole('alert')).toHaveTextContent('Write http:// or https:// before it');
  await user.clear(address);
  await user.paste('https://pbx/${uniqueId}.wav');
  await user.tab();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(saved().jsonData.recordingUrl).toBe('https://pbx/${uniqueId}.wav');
});

test('a provisioned data source can only be looked at', () => {
  page({}, { readOnly: true });
  expect(screen.getByLabelText(/^amiws address/)).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Add rule' })).toBeDisabled();
});

test('browser only opens the proxy and leaves out what only the server part does', () => {
  const { saved } = page({ mode: 'browser', amiwsUrl: 'ws://pbx:8080' });
  for (const title of ['TLS', 'Authentication', 'Storage']) {
    expect(screen.queryByRole('group', { name: title })).not.toBeInTheDocument();
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
    const pbx = within(screen.getByRole('region', { name: 'PBX 1' }));
    fireEvent.change(pbx.getByLabelText('PBX name'), { target: { value: 'pbx-east' } });
    fireEvent.change(pbx.getByLabelText('AMI host'), { target: { value: 'pbx' } });
    fireEvent.change(pbx.getByLabelText('AMI user'), { target: { value: 'grafana' } });
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
