import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { SettingsJson } from '../../datasource/panel-query';
import { ProtectionSection } from './ProtectionSection';

test('numbers can be masked for Viewers, with fewer last digits shown', async () => {
  let latest: SettingsJson = {};
  function Page() {
    const [settings, setSettings] = useState<SettingsJson>({});
    latest = settings;
    return <ProtectionSection settings={settings} onChange={(changes) => setSettings({ ...settings, ...changes })} />;
  }
  render(<Page />);
  await userEvent.click(screen.getByRole('button', { name: 'Privacy' }));
  expect(screen.queryByLabelText(/Last digits shown/)).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('radio', { name: 'Viewers' }));
  expect(screen.getByLabelText(/Last digits shown/)).toHaveValue(4);
  await userEvent.clear(screen.getByLabelText(/Last digits shown/));
  await userEvent.type(screen.getByLabelText(/Last digits shown/), '2');
  await userEvent.tab();
  expect(latest).toEqual({ maskNumbersFor: 'viewers', maskDigitsShown: 2 });
});
