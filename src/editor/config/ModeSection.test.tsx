import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { openSections } from '../../../tests/open-sections';
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
  openSections('Mode');
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
  expect(warning).toHaveTextContent('History, alert rules, exports, and masked numbers require the server part');
  expect(warning).toHaveTextContent('amiws lets any WebSocket client send AMI actions');
  expect(warning).toHaveTextContent('gives Editors and Admins access to amiws, but not Viewers');
  await user.click(screen.getByRole('radio', { name: 'Directly' }));
  expect(screen.getByRole('alert')).toHaveTextContent('everyone in that network can');
  expect(saved()).toEqual({ mode: 'browser', browserAccess: 'direct' });
});

test('how many calls are kept is a whole number', async () => {
  const { user, saved } = section({ mode: 'browser' });
  expect(screen.getByLabelText(/^Keep the last/)).toHaveValue(10_000);
  await user.clear(screen.getByLabelText(/^Keep the last/));
  await user.type(screen.getByLabelText(/^Keep the last/), '500');
  await user.tab();
  expect(saved().keepCalls).toBe(500);
});
