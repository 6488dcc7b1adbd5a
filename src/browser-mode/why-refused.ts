import { t } from '@grafana/i18n';

/** Asks for an address by HTTP; the status of the answer. */
export type ReadStatus = (url: string) => Promise<number>;

/**
 * Why Grafana's proxy opened no WebSocket, in words with what to try. A browser tells no reason for a failed handshake,
 * but an ordinary request for the same address does.
 */
export async function whyRefused(url: string, readStatus: ReadStatus): Promise<string> {
  const status = await readStatus(url.replace(/^ws/, 'http')).catch(() => 0);
  switch (status) {
    case 401:
    case 403:
      return t(
        'browser-mode.refused.role',
        "Grafana's proxy lets only Editors and Admins reach amiws, because anyone who reaches it can control the PBX. " +
          'For Viewers use the server part.'
      );
    case 502:
    case 504:
      return t(
        'browser-mode.refused.unreachable',
        'Grafana could not reach amiws. Check that amiws runs and that its address is right, and save the data source ' +
          'again: its saving opens the proxy.'
      );
    case 0:
      return t('browser-mode.refused.grafana', 'Grafana does not answer. Check the network and reload the page.');
    default:
      return t(
        'browser-mode.refused.other',
        "Grafana's proxy opened no WebSocket (status {{- status}}). Check the address of amiws, and that a proxy before " +
          'Grafana lets WebSockets through.',
        { status }
      );
  }
}
