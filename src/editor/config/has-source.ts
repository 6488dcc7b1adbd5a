import type { SettingsJson } from '../../datasource/panel-query';
import { listensToAmiws } from '../../settings/pbx-settings';

/** Whether it is set what to listen to: an address of amiws, or a PBX. */
export function hasSource({ mode, connection = 'amiws', amiwsUrl = '', pbxes = [] }: SettingsJson): boolean {
  const usesAmiws = mode === 'browser' || listensToAmiws({ connection });
  const usesPbxes = mode !== 'browser' && connection !== 'amiws';
  return (usesAmiws && amiwsUrl.trim() !== '') || (usesPbxes && pbxes.some((pbx) => (pbx?.host ?? '') !== ''));
}
