import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseCapture } from '../replay/parse-capture';
import { replayCapture } from './replay-capture';
import { startSimulator } from './start-simulator';

const usage = `Usage: npm run simulator -- [options]
  --port 8089         where amiws would listen, on 127.0.0.1
  --servers LIST      names of the PBXes, each with its time zone: pbx-east=America/New_York,pbx-west (UTC)
  --seed 42           the same seed gives the same calls
  --speed 60          seconds of the simulated day in a second; calls shrink with it
  --calls 800         calls of each PBX in a simulated day
  --abandon 0.08      how many callers in a queue give up, 0 to 1
  --silent LIST       PBXes whose link to amiws is broken
  --history HOURS     what the first client gets at once: the calls of so many hours before now
  --capture FILE      replays a capture instead, once a client is connected, --speed times as fast`;

/** Runs the simulator until it is interrupted. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8089' },
      servers: { type: 'string', default: 'pbx-east=America/New_York,pbx-west=America/Los_Angeles' },
      seed: { type: 'string', default: '42' },
      speed: { type: 'string' },
      calls: { type: 'string', default: '800' },
      abandon: { type: 'string', default: '0.08' },
      silent: { type: 'string', default: '' },
      history: { type: 'string', default: '0' },
      capture: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const capture = values.capture === undefined ? null : parseCapture(await readFile(values.capture, 'utf8'));
  const speed = number('speed', values.speed ?? (capture ? '1' : '60'));
  const servers = list(values.servers).map((entry) => {
    const [name = '', zone = 'UTC'] = entry.split('=');
    return { name, zone };
  });
  const simulator = await startSimulator({
    port: number('port', values.port),
    servers,
    seed: number('seed', values.seed),
    speed: capture ? 0 : speed,
    callsPerDay: number('calls', values.calls),
    abandonRate: number('abandon', values.abandon),
    history: number('history', values.history),
  });
  list(values.silent).forEach((server) => simulator.silence(server));
  console.log(`amiws simulator on ${simulator.url}: ${capture ? values.capture : values.servers}, speed ${speed}`);
  if (capture) {
    await simulator.connected;
    await replayCapture(capture, speed, simulator.emit);
    console.log(`Sent ${capture.length} frames.`);
  }
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new Error(`--${name} is "${text}". Expected a number from 0 on.\n${usage}`);
  }
  return value;
}

function list(text: string): string[] {
  return text.split(',').filter((item) => item !== '');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
