import { t } from '@grafana/i18n';
import { parseAmiwsUrl, type AmiwsUrlProblem } from '../../amiws/parse-amiws-url';

const example = 'ws://pbx.example.com:8080';

/** What is wrong with the address of amiws and what to write instead; null when it can be tried. */
export function checkAmiwsUrl(text: string): string | null {
  const address = text.trim();
  if (address === '') {
    return t('config-editor.address.empty', 'Enter the WebSocket address of amiws, such as {{- example}}', { example });
  }
  const parsed = parseAmiwsUrl(address);
  return 'problem' in parsed ? problemText(parsed.problem, address) : null;
}

function problemText(problem: AmiwsUrlProblem, address: string): string {
  switch (problem) {
    case 'no-scheme':
      return t(
        'config-editor.address.no-scheme',
        '"{{- address}}" has no scheme: write ws:// or wss:// before it, as in {{- example}}',
        { address, example }
      );
    case 'unreadable':
      return t(
        'config-editor.address.unreadable',
        '"{{- address}}" is not an address: expected host and port, as in {{- example}}',
        { address, example }
      );
    case 'http':
      return t('config-editor.address.http', 'amiws is reached by WebSocket: write {{- address}}', {
        address: address.replace(/^http/i, 'ws'),
      });
    case 'other-scheme':
      return t(
        'config-editor.address.other-scheme',
        '"{{- protocol}}//" is not a WebSocket address: expected ws:// or wss://, as in {{- example}}',
        { protocol: address.slice(0, address.indexOf('/')), example }
      );
    case 'user':
      return t(
        'config-editor.address.secrets',
        'Leave user and password out of the address and put them under Authentication, where they are kept secret'
      );
  }
}
