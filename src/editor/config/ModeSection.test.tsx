import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { SettingsJson } from '../../datasource/panel-query';
import { ModeSection } from './ModeSection';

function section(jsonData: SettingsJson) {
  let saved = jsonData;
  function Section() {
    const [settings, setSettings] = useState(jsonData);
    saved = settings;
    return <ModeSection settings={settings} onChange={(changes) => setSettings({ ...settings, ...changes })} />;
  }
  render(<Section />);
  return { user: userEvent.setup(), saved: () => saved };
}

test('the server part is what a new data source has', () => {
  section({});
  expect(screen.getByRole('radio', { name: 'Server part (recommended)' })).toBeChecked();
  expect(screen.queryByText(/can control the PBX/)).not.toBeInTheDocument();
});

test('browser only says what it lacks and who can control the PBX then', async () => {
  const { user, saved } = section({});
  await user.click(screen.getByRole('radio', { name: 'Browser only' }));
  const warning = screen.getByRole('alert');
  expect(warning).toHaveTextContent('History, alert rules, exports and protection need the server part');
  expect(warning).toHaveTextContent('amiws lets any WebSocket client send AMI actions');
  expect(warning).toHaveTextContent('lets Editors and Admins through to it, and no Viewer');
  await user.click(screen.getByRole('radio', { name: 'Directly' }));
  expect(screen.getByRole('alert')).toHaveTextContent('everybody in that network can');
  expect(saved()).toEqual({ mode: 'browser', browserAccess: 'direct' });
});

test('how many calls are kept is a whole number', async () => {
  const { user, saved } = section({ mode: 'browser' });
  await user.type(screen.getByLabelText(/^Keep the last/), '500');
  await user.tab();
  expect(saved().keepCalls).toBe(500);
});
