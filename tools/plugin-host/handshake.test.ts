import { addressOf } from './handshake';

test('a unix socket and a TCP address are told apart', () => {
  expect(addressOf('1|2|unix|/tmp/plugin123|grpc|\n')).toBe('unix:/tmp/plugin123');
  expect(addressOf('1|2|tcp|127.0.0.1:10001|grpc|')).toBe('127.0.0.1:10001');
});

test.each(['', 'listening', '1|1|unix|/tmp/a|grpc|', '1|2|unix|/tmp/a|netrpc|', '1|2|pipe|a|grpc|'])(
  'the line %j is refused',
  (line) => {
    expect(() => addressOf(line)).toThrow(/expected/);
  }
);
