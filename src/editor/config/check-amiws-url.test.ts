import { checkAmiwsUrl } from './check-amiws-url';

test.each(['ws://pbx.example.com:8080', 'wss://pbx/amiws?x=1', ' ws://[::1]:8080/ '])('%s can be tried', (url) => {
  expect(checkAmiwsUrl(url)).toBeNull();
});

test.each([
  ['', 'Enter the WebSocket address'],
  ['pbx:8080', 'has no scheme'],
  ['ws://', 'is not an address'],
  ['ws://pbx:port', 'is not an address'],
  ['https://pbx:8080', 'write wss://pbx:8080'],
  ['tcp://pbx:5038', 'is not a WebSocket address'],
  ['ws://user:secret@pbx:8080', 'Leave user and password out'],
])('%j is told wrong: %s', (url, problem) => {
  expect(checkAmiwsUrl(url)).toContain(problem);
});
