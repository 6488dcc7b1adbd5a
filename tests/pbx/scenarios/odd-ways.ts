import { setTimeout as sleep } from 'node:timers/promises';
import { inbound, type Scenario } from '../scenario';

/** Calls that reach somebody else than was rung, or end otherwise than by an answer or in vain. */
export const oddWays: readonly Scenario[] = [
  {
    calls: [
      inbound('answered by the phone that a member’s phone sends calls on to', '5550231', 'answered', '1042', 'moved'),
    ],
    take: ({ call }) => call({ from: '5550231', exten: '270', talk: 3 }),
  },
  {
    calls: [inbound('answered by an agent on an open line', '5550232', 'answered', 'Local/7001@agent-pool', 'pool')],
    take: async ({ channels, call }) => {
      const line = call({ from: '1040', exten: '*70', talk: 12 });
      await channels.talkingOf('PJSIP/1040');
      await call({ from: '5550232', exten: '271', talk: 3 });
      await line;
    },
  },
  {
    calls: [inbound('picked up by another phone', '5550233', 'answered', '1044', 'picked-up')],
    take: async ({ channels, call }) => {
      const over = call({ from: '5550233', exten: '272', talk: 4 });
      await channels.ringingOf('PJSIP/1043');
      await sleep(1500);
      await Promise.all([over, call({ from: '1044', exten: '*81043', talk: 10 })]);
    },
  },
  {
    calls: [inbound('parked, and taken by another phone', '5550234', 'answered', '1045', 'parked')],
    take: async ({ channels, call, send }) => {
      const over = call({ from: '5550234', exten: '273', talk: 9 });
      const agent = await channels.talkingOf('PJSIP/1045');
      await sleep(2000);
      send({ Action: 'Park', Channel: channels.peerOf(agent), TimeoutChannel: agent, Timeout: '60000' });
      await sleep(1500);
      await Promise.all([over, call({ from: '1046', exten: '701', talk: 20 })]);
    },
  },
  {
    calls: [inbound('left a queue by a key', '5550235', 'abandoned', '', 'keyed')],
    take: ({ call }) => call({ from: '5550235', exten: '274', talk: 8, key: '1' }),
  },
  {
    calls: [inbound('answered by the member who is not paused', '5550236', 'answered', '1049', 'paused')],
    take: async ({ call, send }) => {
      send({ Action: 'QueuePause', Queue: 'paused', Interface: 'PJSIP/1048', Paused: 'true', Reason: 'lunch' });
      await sleep(1000);
      await call({ from: '5550236', exten: '275', talk: 3 });
    },
  },
  {
    calls: [inbound('in the same queue twice', '5550237', 'abandoned', '', 'twice')],
    take: ({ call }) => call({ from: '5550237', exten: '277', patience: 20 }),
  },
  {
    calls: [inbound('gave up while no phone rang', '5550241', 'abandoned', '', 'nobody')],
    take: ({ call }) => call({ from: '5550241', exten: '276', patience: 3 }),
  },
];
