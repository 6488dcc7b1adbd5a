import { setTimeout as sleep } from 'node:timers/promises';
import { inbound, type Hands, type Scenario } from '../scenario';

/** Calls that an agent passes on: to a phone, into a queue, before and after the next agent answers. */
export const transfers: readonly Scenario[] = [
  {
    calls: [
      inbound('blind transfer', '5550151', 'answered', '1006'),
      inbound('attended transfer', '5550152', 'answered', '1006'),
    ],
    take: async (hands) => {
      await blind(hands, { from: '5550151', exten: '106' }, '1006', '1007', '1007');
      await sleep(1500);
      await attended(hands, { from: '5550152', exten: '106' }, '1006', '1007', '1007');
    },
  },
  {
    calls: [inbound('attended transfer into a queue', '5550221', 'answered', '1031', 'attended-from')],
    take: (hands) => attended(hands, { from: '5550221', exten: '260' }, '1031', '610', '1032'),
  },
  {
    calls: [inbound('blind transfer into a queue', '5550222', 'answered', '1033', 'blind-from')],
    take: (hands) => blind(hands, { from: '5550222', exten: '261' }, '1033', '611', '1034'),
  },
  {
    calls: [
      inbound('attended transfer into a queue, completed while it rings', '5550223', 'answered', '1035', 'half-from'),
    ],
    take: async (hands) => {
      const over = hands.call({ from: '5550223', exten: '262', talk: 14 });
      const first = await hands.channels.talkingOf('PJSIP/1035');
      await sleep(2000);
      hands.send({ Action: 'Atxfer', Channel: first, Context: 'internal', Exten: '612' });
      await hands.channels.ringingOf('PJSIP/1036');
      hands.send({ Action: 'Hangup', Channel: first });
      await over;
    },
  },
];

interface Call {
  from: string;
  exten: string;
}

async function blind(hands: Hands, call: Call, agent: string, exten: string, next: string): Promise<void> {
  const over = hands.call({ ...call, talk: 10 });
  const first = await hands.channels.talkingOf(`PJSIP/${agent}`);
  await sleep(2000);
  hands.send({ Action: 'BlindTransfer', Channel: first, Context: 'internal', Exten: exten });
  await hands.channels.talkingOf(`PJSIP/${next}`);
  await over;
}

async function attended(hands: Hands, call: Call, agent: string, exten: string, next: string): Promise<void> {
  const over = hands.call({ ...call, talk: 14 });
  const first = await hands.channels.talkingOf(`PJSIP/${agent}`);
  await sleep(2000);
  hands.send({ Action: 'Atxfer', Channel: first, Context: 'internal', Exten: exten });
  await hands.channels.talkingOf(`PJSIP/${next}`);
  await sleep(2000);
  hands.send({ Action: 'Hangup', Channel: first });
  await over;
}
