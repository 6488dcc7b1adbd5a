import { createLogger } from './log';
import type { Logger } from './log';

function logged(write: (log: Logger) => void): string[] {
  const lines: string[] = [];
  write(createLogger('plugin', (line) => lines.push(line)));
  return lines;
}

describe('createLogger', () => {
  it('writes one JSON line a message, with level, module and fields', () => {
    const lines = logged((log) => log.child('amiws').warn('Connection\nlost', { attempt: 2 }));
    expect(lines).toHaveLength(1);
    expect(lines[0].indexOf('\n')).toBe(lines[0].length - 1);
    expect(JSON.parse(lines[0])).toMatchObject({
      '@level': 'warn',
      '@message': 'Connection\nlost',
      '@module': 'plugin.amiws',
      attempt: 2,
    });
  });

  it('gives the time with the six digits that go-plugin parses', () => {
    const [line] = logged((log) => log.info('Hello'));
    expect(JSON.parse(line)['@timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('writes an error with its stack and causes', () => {
    const [line] = logged((log) =>
      log.error('Failed', { error: new Error('outer', { cause: new TypeError('inner') }) })
    );
    expect(JSON.parse(line).error).toMatch(/^Error: outer\n +at [^]*caused by TypeError: inner\n +at /);
  });

  it('lets no field take the place of message or level', () => {
    const [line] = logged((log) => log.debug('Hello', { '@message': 1, '@level': false }));
    expect(JSON.parse(line)).toMatchObject({ '@message': 'Hello', '@level': 'debug' });
  });

  it('cuts a text that would not fit into a line of go-plugin', () => {
    const [line] = logged((log) => log.info('Hello', { body: 'x'.repeat(100_000) }));
    expect(line.length).toBeLessThan(64 * 1024);
    expect(JSON.parse(line).body).toMatch(/^x{8000}… \(cut\)$/);
  });
});
