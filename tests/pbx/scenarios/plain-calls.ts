import { setTimeout as sleep } from 'node:timers/promises';
import { inbound, type Hands, type Scenario } from '../scenario';

/** Calls answered, given up, timed out, busy and failed, in queues and outside. */
export const plainCalls: readonly Scenario[] = [
  {
    calls: [
      inbound('answered in a queue', '5550101', 'answered', '1001', 'support'),
      inbound('answered in a queue after Answer()', '5550102', 'answered', '1001', 'sales'),
      inbound('answered directly', '5550103', 'answered', '1001'),
      inbound('answered in a queue that a number of its own leads to', '5550104', 'answered', '1001', 'support'),
    ],
    take: async ({ call }) => {
      await call({ from: '5550101', exten: '200', talk: 3 });
      await sleep(1500);
      await call({ from: '5550102', exten: '201', talk: 3 });
      await sleep(1500);
      await call({ from: '5550103', exten: '101', talk: 2 });
      await sleep(1500);
      await call({ from: '5550104', exten: '5550900', talk: 2 });
    },
  },
  {
    calls: [
      inbound('gave up while a member rang', '5550111', 'abandoned', '', 'silent'),
      inbound('gave up in a queue after Answer()', '5550112', 'abandoned', '', 'silent'),
      inbound('timed out to voicemail', '5550113', 'abandoned', '', 'silent'),
      inbound('rang directly and nobody answered', '5550114', 'missed'),
      inbound('overflowed to another queue', '5550115', 'answered', '1003', 'overflow'),
    ],
    take: async ({ call }) => {
      await call({ from: '5550111', exten: '210', patience: 2 });
      await sleep(1500);
      await call({ from: '5550112', exten: '211', talk: 5 });
      await sleep(1500);
      await call({ from: '5550113', exten: '212', talk: 3 });
      await call({ from: '5550114', exten: '102' });
      await call({ from: '5550115', exten: '213', talk: 2 });
    },
  },
  one(inbound('ring-no-answer, then the next agent', '5550121', 'answered', '1003', 'hunt'), '220'),
  one(inbound('answered through a Local channel', '5550131', 'answered', '1004', 'freepbx'), '230', 3),
  one(inbound('busy', '5550141', 'busy'), '401'),
  one(inbound('congestion', '5550142', 'congestion'), '400'),
  one({ ...inbound('failed trunk', '5550143', 'failed'), direction: 'unknown' }, '402'),
  one(inbound('announcement only', '5550144', 'self-served'), '300', 5),
  {
    calls: [
      {
        what: 'internal',
        destination: '1009',
        outcome: 'answered',
        direction: 'internal',
        agent: '1009',
        queue: '',
      },
      {
        what: 'outbound',
        destination: '915551234',
        outcome: 'answered',
        direction: 'outbound',
        agent: '',
        queue: '',
      },
    ],
    take: async (hands) => {
      await originate(hands, '1009', 'PJSIP/1009');
      await originate(hands, '915551234', 'PJSIP/provider-beta');
    },
  },
];

function one(expected: Scenario['calls'][number], exten: string, talk = 2): Scenario {
  return { calls: [expected], take: ({ call }) => call({ from: expected.source!, exten, talk }) };
}

async function originate({ channels, send }: Hands, exten: string, answering: string): Promise<void> {
  send({ Action: 'Originate', Channel: 'PJSIP/1008', Context: 'internal', Exten: exten, Priority: '1', Async: 'true' });
  await channels.talkingOf(answering);
  await sleep(2000);
  send({ Action: 'Hangup', Channel: await channels.talkingOf('PJSIP/1008') });
  await sleep(1500);
}
