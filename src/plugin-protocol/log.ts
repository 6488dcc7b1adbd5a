/** Values that may stand beside a message. An Error is written with its stack. Never pass a secret. */
export type LogFields = Record<string, string | number | boolean | null | undefined | Error>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger for a part of the plugin; modules nest as `parent.child`. */
  child(module: string): Logger;
}

/** go-plugin cuts a line at 64 KiB and shows the pieces as unreadable debug lines. */
const longestText = 8_000;

/**
 * A logger that writes one JSON line a message, in the form of HashiCorp's hclog that Grafana takes apart and shows at
 * its level.
 * @param write takes a line with its line end; standard error unless told otherwise
 */
export function createLogger(module: string, write: (line: string) => void = writeToStderr): Logger {
  const log = (level: string) => (message: string, fields?: LogFields) => {
    // Grafana's side crashes on an @message or @level that is no string: ours come last and win over fields.
    const line = {
      ...fields,
      '@level': level,
      '@message': message,
      '@module': module,
      '@timestamp': hclogTime(new Date()),
    };
    write(`${JSON.stringify(line, (_, value) => readable(value))}\n`);
  };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (name) => createLogger(`${module}.${name}`, write),
  };
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}

/** go-plugin parses six digits of a second, neither more nor fewer (layout `2006-01-02T15:04:05.000000Z07:00`). */
function hclogTime(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}

function readable(value: unknown): unknown {
  const text = value instanceof Error ? stackWithCauses(value) : value;
  return typeof text === 'string' && text.length > longestText ? `${text.slice(0, longestText)}… (cut)` : text;
}

function stackWithCauses(error: Error): string {
  const stack = error.stack ?? String(error);
  return error.cause instanceof Error ? `${stack}\ncaused by ${stackWithCauses(error.cause)}` : stack;
}
