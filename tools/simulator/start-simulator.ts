import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerAction, type ReceivedAction } from './answer-action';
import { generateDay } from './generate-day';
import { Simulation, type SimulatedServer } from './simulation';
import type { TimedFrame } from './wire';

export interface SimulatorOptions {
  /** 0, or absent, for a free one. */
  port?: number;
  seed?: number;
  servers?: readonly SimulatedServer[];
  /** Simulated seconds in a second; 0 for a PBX without calls, that only answers actions and sends what it is told to. */
  speed?: number;
  callsPerDay?: number;
  /** How many callers in a queue give up, 0 to 1. */
  abandonRate?: number;
  /** Hours before now whose frames the first client gets at once. */
  history?: number;
  /** Whether events carry their own time (`timestampevents`), as those of the history always do. */
  timestampEvents?: boolean;
}

export interface Simulator {
  port: number;
  url: string;
  /** Settles when the first client has come. */
  connected: Promise<unknown>;
  /** Every action that any client sent, in order. */
  received: readonly ReceivedAction[];
  /** Sends frames as they are to every client. */
  emit(frames: ReadonlyArray<string | Uint8Array>): void;
  /** From now on, 0 to 1. */
  setAbandonRate(rate: number): void;
  /** The AMI link of a server breaks: its calls go on, but nobody hears of them. False mends it. */
  silence(server: string, isSilent?: boolean): void;
  close(): Promise<void>;
}

const tick = 50;
/** The live day begins when calls come in. */
const openingHour = 9;

/** Starts an amiws with PBXes behind it, on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { seed = 1, speed = 60, abandonRate = 0.08, history = 0, timestampEvents = false } = options;
  const { callsPerDay = 800, servers = [{ name: 'pbx-east', zone: 'UTC' }] } = options;
  const start = Date.now();
  const simulation = new Simulation(seed, {
    servers,
    start,
    speed: speed || 1,
    callsPerDay,
    abandonRate,
    hourAtStart: openingHour,
    timestampEvents,
  });
  const past = { servers, start: start - history * 3_600_000, hours: history, callsPerDay, abandonRate, hangsUp: true };
  let backlog = history > 0 ? generateDay(seed + 1, past) : [];
  const silent = new Set<string>();
  const received: ReceivedAction[] = [];
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: options.port ?? 0, perMessageDeflate: false });
  await once(sockets, 'listening');
  const connected = once(sockets, 'connection');

  const emit = (frames: ReadonlyArray<string | Uint8Array>): void =>
    frames.forEach((frame) => sockets.clients.forEach((client) => client.send(frame, { binary: false })));
  const hear = (frames: readonly TimedFrame[]): void =>
    emit(frames.filter(({ server }) => !silent.has(server)).map(({ frame }) => frame));
  const take = (action: ReceivedAction): void => {
    received.push(action);
    simulation.pbxes
      .filter((pbx) => !silent.has(pbx.options.server))
      .forEach((pbx) => emit(answerAction(pbx, action, Date.now())));
  };
  sockets.on('connection', (client: WebSocket) => {
    client.on('message', (data) => parseAction(data.toString()).forEach(take));
    hear(backlog);
    backlog = [];
  });
  const timer = speed > 0 ? setInterval(() => hear(simulation.runUntil(Date.now())), tick) : undefined;
  const { port } = sockets.address() as AddressInfo;
  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    connected,
    received,
    emit,
    setAbandonRate: (rate) => {
      simulation.abandonRate = rate;
    },
    silence: (server, isSilent = true) => {
      if (!servers.some(({ name }) => name === server)) {
        throw new Error(`No server "${server}" here. Expected one of ${servers.map(({ name }) => name).join(', ')}.`);
      }
      silent[isSilent ? 'add' : 'delete'](server);
    },
    close: async () => {
      clearInterval(timer);
      sockets.clients.forEach((client) => client.terminate());
      sockets.close();
      await once(sockets, 'close');
    },
  };
}

/** Like amiws, takes no notice of what is no JSON. */
function parseAction(text: string): ReceivedAction[] {
  try {
    return [JSON.parse(text) as ReceivedAction];
  } catch {
    return [];
  }
}
