const example = 'ws://pbx.example.com:8080';

/** What is wrong with the address of amiws and what to write instead; null when it can be tried. */
export function checkAmiwsUrl(text: string): string | null {
  const address = text.trim();
  if (address === '') {
    return `Enter the WebSocket address of amiws, such as ${example}`;
  }
  if (!/^[a-z]+:\/\//i.test(address)) {
    return `"${address}" has no scheme: write ws:// or wss:// before it, as in ${example}`;
  }
  if (!URL.canParse(address)) {
    return `"${address}" is not an address: expected host and port, as in ${example}`;
  }
  const { protocol, username, password } = new URL(address);
  if (protocol === 'http:' || protocol === 'https:') {
    return `amiws is reached by WebSocket: write ${address.replace(/^http/i, 'ws')}`;
  }
  if (protocol !== 'ws:' && protocol !== 'wss:') {
    return `"${protocol}//" is not a WebSocket address: expected ws:// or wss://, as in ${example}`;
  }
  if (username !== '' || password !== '') {
    return 'Leave user and password out of the address and put them under Authentication, where they are kept secret';
  }
  return null;
}
