import { parseAmiwsUrl } from './parse-amiws-url';

test.each([
  'ws://pbx.example.com:8080',
  'wss://pbx/amiws?x=1',
  'ws://[::1]:8080/',
  'ws://amiws_1:8080',
  'WS://10.0.0.1',
])('%s can be used', (text) => {
  expect(parseAmiwsUrl(` ${text} `)).toEqual({ url: text.replace(/^WS/, 'ws') });
});

test.each([
  ['', 'no-scheme'],
  ['pbx:8080', 'no-scheme'],
  ['http://pbx', 'http'],
  ['HTTPS://pbx', 'http'],
  ['ws+unix:///run/amiws.sock', 'other-scheme'],
  ['file:///etc/passwd', 'other-scheme'],
  ['ws://', 'unreadable'],
  ['ws:///path', 'unreadable'],
  ['ws://pbx:port', 'unreadable'],
  ['ws://pbx:99999', 'unreadable'],
  ['ws:pbx', 'no-scheme'],
  ['ws:/pbx', 'unreadable'],
  ['ws:\\\\pbx', 'unreadable'],
  ['ws://pbx\\path', 'unreadable'],
  ['ws://pb\tx', 'unreadable'],
  ['ws://pbx/\u0000', 'unreadable'],
  ['ws://pbx\n:8080', 'unreadable'],
  ['ws://p%62x', 'unreadable'],
  ['ws://pbx#fragment', 'unreadable'],
  ['ws://pbx\uff20host', 'unreadable'],
  ['ws://user:secret@pbx:8080', 'user'],
  ['wss:///user:secret@pbx', 'user'],
  ['ws:/user:secret@pbx', 'user'],
  ['ws:user:secret@pbx', 'user'],
  ['ws:\\\\user:secret@pbx', 'user'],
  ['ws://user:secret%40pbx', 'user'],
  ['w\ts://user:secret@pbx', 'user'],
])('%j is refused: %s', (text, problem) => {
  expect(parseAmiwsUrl(text)).toEqual({ problem });
});
