import { t } from '@grafana/i18n';

const example = 'ws://pbx.example.com:8080';

/** What is wrong with the address of amiws and what to write instead; null when it can be tried. */
export function checkAmiwsUrl(text: string): string | null {
  const address = text.trim();
  if (address === '') {
    return t('config-editor.address.empty', 'Enter the WebSocket address of amiws, such as {{- example}}', { example });
  }
  if (!/^[a-z]+:\/\//i.test(address)) {
    return t(
      'config-editor.address.no-scheme',
      '"{{- address}}" has no scheme: write ws:// or wss:// before it, as in {{- example}}',
      { address, example }
    );
  }
  if (!URL.canParse(address)) {
    return t(
      'config-editor.address.unreadable',
      '"{{- address}}" is not an address: expected host and port, as in {{- example}}',
      { address, example }
    );
  }
  const { protocol, username, password } = new URL(address);
  if (protocol === 'http:' || protocol === 'https:') {
    return t('config-editor.address.http', 'amiws is reached by WebSocket: write {{- address}}', {
      address: address.replace(/^http/i, 'ws'),
    });
  }
  if (protocol !== 'ws:' && protocol !== 'wss:') {
    return t(
      'config-editor.address.other-scheme',
      '"{{- protocol}}//" is not a WebSocket address: expected ws:// or wss://, as in {{- example}}',
      { protocol, example }
    );
  }
  if (username !== '' || password !== '') {
    return t(
      'config-editor.address.secrets',
      'Leave user and password out of the address and put them under Authentication, where they are kept secret'
    );
  }
  return null;
}
