import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { wireFrame } from '../../tools/simulator/wire';
import type { FeederOptions, FeederReport } from './start-feeder';

/**
 * amiws in a process of its own, started by `startFeeder`: sends calls of two Cdr records each, with queue events and
 * events that nothing reads, at a steady rate for as long as somebody is connected.
 */
const { callsPerSecond, othersPerSecond, resend } = JSON.parse(process.argv[2]!) as FeederOptions;
const tickMs = 10;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

const sockets = new Set<Socket>();

let calls = 0;
let others = 0;
/** What the rates ask for and was not sent yet. */
const owed = { calls: 0, others: 0 };
let isPaused = false;
let last = performance.now();
/** The records sent last, to be sent again to who connects. */
let recent: string[] = [];
let records = 0;

const wall = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const event = (pbx: string, name: string, fields: Record<string, string | number>): string =>
  wireFrame('event', 1, pbx, { Event: name, Privilege: 'call,all', ...fields });

function send(frame: string): void {
  server.clients.forEach((client) => client.send(frame, { binary: false }));
}

function sendCall(n: number): void {
  const pbx = n % 2 === 0 ? 'pbx-east' : 'pbx-west';
  const now = Date.now();
  const start = Math.floor(now / 1000) * 1000 - 30_000;
  const linkedId = `${start / 1000}.${2 * n}`;
  const caller = { Uniqueid: linkedId, Linkedid: linkedId, Queue: `queue-${n % 7}` };
  const agent = String(1000 + (n % 80));
  const member = { Interface: `PJSIP/${agent}`, MemberName: agent, DestUniqueid: `${start / 1000}.${2 * n + 1}` };
  send(event(pbx, 'QueueCallerJoin', { ...caller, Position: 1, Count: 1 }));
  send(event(pbx, 'AgentConnect', { ...caller, ...member, HoldTime: 5, RingTime: 2 }));
  send(event(pbx, 'AgentComplete', { ...caller, ...member, HoldTime: 5, TalkTime: 20, Reason: 'agent' }));
  for (const leg of [0, 1]) {
    const frame = event(pbx, 'Cdr', {
      AccountCode: '',
      Source: String(5_550_000 + (n % 9973)),
      Destination: '100',
      DestinationContext: 'from-trunk',
      CallerID: `"Caller ${n}" <${5_550_000 + (n % 9973)}>`,
      Channel: leg === 0 ? `PJSIP/trunk-acme-${n.toString(16).padStart(8, '0')}` : `Local/${agent}@agents-${n};1`,
      DestinationChannel: `PJSIP/${agent}-${n.toString(16).padStart(8, '0')}`,
      LastApplication: 'Queue',
      LastData: `queue-${n % 7},t`,
      StartTime: wall(start + leg * 1000),
      AnswerTime: wall(start + 5000),
      EndTime: wall(start + 25_000),
      Duration: 25 - leg,
      BillableSeconds: 20,
      Disposition: 'ANSWERED',
      AMAFlags: 'DOCUMENTATION',
      UniqueID: `${start / 1000}.${2 * n + leg}`,
      UserField: '',
      LinkedID: linkedId,
      Sequence: 2 * n + leg,
    });
    send(frame);
    records++;
    recent.push(frame);
  }
  // Not slice(-resend), which keeps all where none is to be sent again.
  recent = recent.length > 2 * resend ? recent.slice(recent.length - resend) : recent;
}

/** As busy PBXes send them: most to do with channels, none of use here. */
function sendOther(n: number): void {
  const name = ['VarSet', 'Newexten', 'RTCPSent', 'Newstate', 'DialBegin', 'BridgeEnter'][n % 6]!;
  send(
    event(n % 2 === 0 ? 'pbx-east' : 'pbx-west', name, {
      Channel: `PJSIP/trunk-acme-${n.toString(16).padStart(8, '0')}`,
      ChannelState: 6,
      ChannelStateDesc: 'Up',
      CallerIDNum: 5_550_000,
      CallerIDName: 'Caller',
      ConnectedLineNum: '<unknown>',
      ConnectedLineName: '<unknown>',
      Language: 'en',
      AccountCode: '',
      Context: 'from-trunk',
      Exten: 100,
      Priority: n % 30,
      Uniqueid: `1795526700.${n}`,
      Linkedid: `1795526700.${n}`,
      Application: 'Set',
      AppData: 'CDR(userfield)=campaign-spring',
    })
  );
}

function tick(): void {
  const now = performance.now();
  // What a machine that stood still owes is sent, but not seconds of it at once.
  const seconds = Math.min(now - last, 1000) / 1000;
  last = now;
  if (server.clients.size === 0 || isPaused) {
    return;
  }
  owed.calls += callsPerSecond * seconds;
  owed.others += othersPerSecond * seconds;
  // What is sent in one tick goes to the system at once.
  sockets.forEach((socket) => socket.cork());
  for (; owed.calls >= 1; owed.calls--) {
    sendCall(calls++);
  }
  for (; owed.others >= 1; owed.others--) {
    sendOther(others++);
  }
  sockets.forEach((socket) => socket.uncork());
}

server.on('connection', (client: WebSocket, { socket }: IncomingMessage) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  client.on('message', (data) => {
    const { ActionID = '' } = JSON.parse(String(data)) as { ActionID?: string };
    const pong = { Response: 'Success', ActionID, Ping: 'Pong', Timestamp: Date.now() / 1000 };
    ['pbx-east', 'pbx-west'].forEach((pbx) => client.send(wireFrame('response', 1, pbx, pong), { binary: false }));
  });
  recent.slice(Math.max(0, recent.length - resend)).forEach((frame) => client.send(frame, { binary: false }));
});
server.on('listening', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
  setInterval(tick, tickMs);
});
process.on('message', (command: 'report' | 'pause') => {
  isPaused ||= command === 'pause';
  const buffered = [...server.clients].reduce((sum, client) => sum + client.bufferedAmount, 0);
  const report: FeederReport = { records, calls, others, buffered };
  process.send?.(report);
});
process.on('disconnect', () => process.exit(0));
