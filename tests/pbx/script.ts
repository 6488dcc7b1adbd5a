import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../src/cdr/call';
import type { Direction } from '../../src/cdr/record';
import type { AmiConnection } from '../../tools/bridge/ami-connection';
import { call } from './sipp';

/** Phones by extension; the outside world answers at the trunk provider-beta. */
export const phones: ReadonlyArray<{ extension: number; port: number; behaviour: 'answers' | 'rings' }> = [
  { extension: 1001, port: 15_071, behaviour: 'answers' },
  { extension: 1002, port: 15_072, behaviour: 'rings' },
  { extension: 1003, port: 15_073, behaviour: 'answers' },
  { extension: 1004, port: 15_074, behaviour: 'answers' },
  { extension: 1005, port: 15_075, behaviour: 'rings' },
  { extension: 1006, port: 15_076, behaviour: 'answers' },
  { extension: 1007, port: 15_077, behaviour: 'answers' },
  { extension: 1008, port: 15_078, behaviour: 'answers' },
  { extension: 0, port: 15_090, behaviour: 'answers' },
];

/** What one scripted call must come out as; inbound calls are known by their source, the others by their destination. */
export interface Expected {
  what: string;
  source?: string;
  destination?: string;
  outcome: Outcome;
  direction: Direction;
  agents: string[];
  queues: string[];
}

const inbound = (what: string, source: string, outcome: Outcome, agents: string[] = [], queues: string[] = []) => ({
  what,
  source,
  outcome,
  direction: 'inbound' as const,
  agents,
  queues,
});

export const expected: readonly Expected[] = [
  inbound('answered in a queue', '5550101', 'answered', ['1001'], ['support']),
  inbound('answered in a queue after Answer()', '5550102', 'answered', ['1001'], ['sales']),
  inbound('answered directly', '5550103', 'answered', ['1001']),
  inbound('gave up while a member rang', '5550111', 'abandoned', [], ['silent']),
  inbound('gave up in a queue after Answer()', '5550112', 'abandoned', [], ['silent']),
  inbound('timed out to voicemail', '5550113', 'abandoned', [], ['silent']),
  inbound('rang directly and nobody answered', '5550114', 'missed'),
  inbound('overflowed to another queue', '5550115', 'answered', ['1003'], ['silent', 'overflow']),
  inbound('ring-no-answer, then the next agent', '5550121', 'answered', ['1003'], ['hunt']),
  inbound('answered through a Local channel', '5550131', 'answered', ['1004'], ['freepbx']),
  inbound('busy', '5550141', 'busy'),
  inbound('congestion', '5550142', 'congestion'),
  inbound('failed trunk', '5550143', 'failed'),
  inbound('announcement only', '5550144', 'self-served'),
  inbound('blind transfer', '5550151', 'answered', ['1006', '1007']),
  inbound('attended transfer', '5550152', 'answered', ['1006', '1007']),
  { what: 'internal', destination: '1007', outcome: 'answered', direction: 'internal', agents: ['1007'], queues: [] },
  { what: 'outbound', destination: '915551234', outcome: 'answered', direction: 'outbound', agents: [], queues: [] },
];

/** Channels that are up now, by the phone's extension. */
export type ChannelOf = (endpoint: string) => Promise<string>;

/** Takes the calls; those that share a phone one after the other, the others at once. */
export async function takeCalls(ami: AmiConnection, channelOf: ChannelOf): Promise<void> {
  await Promise.all([
    inTurn([
      () => call({ from: '5550101', exten: '200', talk: 3 }),
      () => call({ from: '5550102', exten: '201', talk: 2 }),
      () => call({ from: '5550103', exten: '101', talk: 2 }),
    ]),
    inTurn([
      () => call({ from: '5550111', exten: '210', patience: 2 }),
      () => call({ from: '5550112', exten: '211', talk: 5 }),
      () => call({ from: '5550113', exten: '212', talk: 3 }),
      () => call({ from: '5550114', exten: '102' }),
      () => call({ from: '5550115', exten: '213', talk: 2 }),
    ]),
    call({ from: '5550121', exten: '220', talk: 2 }),
    call({ from: '5550131', exten: '230', talk: 3 }),
    call({ from: '5550141', exten: '401' }),
    call({ from: '5550142', exten: '400' }),
    call({ from: '5550143', exten: '402' }),
    call({ from: '5550144', exten: '300', talk: 5 }),
    inTurn([
      () => blindTransfer(ami, channelOf),
      () => attendedTransfer(ami, channelOf),
      () => callInside(ami, channelOf),
    ]),
  ]);
}

async function inTurn(tasks: ReadonlyArray<() => Promise<void>>): Promise<void> {
  for (const task of tasks) {
    await task();
    await sleep(1500);
  }
}

async function blindTransfer(ami: AmiConnection, channelOf: ChannelOf): Promise<void> {
  const over = call({ from: '5550151', exten: '106', talk: 9 });
  await sleep(4000);
  ami.send({ Action: 'BlindTransfer', Channel: await channelOf('PJSIP/1006'), Context: 'internal', Exten: '1007' });
  await over;
}

async function attendedTransfer(ami: AmiConnection, channelOf: ChannelOf): Promise<void> {
  const over = call({ from: '5550152', exten: '106', talk: 13 });
  await sleep(4000);
  const agent = await channelOf('PJSIP/1006');
  ami.send({ Action: 'Atxfer', Channel: agent, Context: 'internal', Exten: '1007' });
  await sleep(5000);
  ami.send({ Action: 'Hangup', Channel: agent });
  await over;
}

async function callInside(ami: AmiConnection, channelOf: ChannelOf): Promise<void> {
  for (const exten of ['1007', '915551234']) {
    ami.send({
      Action: 'Originate',
      Channel: 'PJSIP/1008',
      Context: 'internal',
      Exten: exten,
      Priority: '1',
      Async: 'true',
    });
    await sleep(5000);
    ami.send({ Action: 'Hangup', Channel: await channelOf('PJSIP/1008') });
    await sleep(1500);
  }
}
