import { useState } from 'react';
import type { SettingsJson } from '../../datasource/panel-query';
import type { SetupCheck } from '../../setup/setup-checks';
import { hasSource } from './has-source';
import type { SetupState } from './use-setup-checks';

/** The checks that something is listened to: amiws, the AMI of a PBX. */
const connectionIds: ReadonlyArray<SetupCheck['id']> = ['amiws', 'ami'];

export function connectionChecks(checks: readonly SetupCheck[]): SetupCheck[] {
  return checks.filter(({ id }) => connectionIds.includes(id));
}

/**
 * Whether the check list stands before the connection: once something is connected, and then for as long as the page is
 * open, so that nothing moves while a connection comes and goes. Until the list is known, where a connection was set up.
 */
export function useChecksFirst(settings: SettingsJson, { checks, isAway }: SetupState): boolean {
  const [wasSetUp] = useState(() => hasSource(settings));
  const [wasConnected, setConnected] = useState(false);
  const isConnected = connectionChecks(checks ?? []).some(({ state }) => state === 'ok');
  if (isConnected && !wasConnected) {
    setConnected(true);
  }
  return wasConnected || isConnected || (checks === null && !isAway && wasSetUp);
}
