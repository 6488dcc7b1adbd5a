import { setTimeout as sleep } from 'node:timers/promises';
import { inbound, type ExpectedCall, type Hands } from '../scenario';

const inQueue = ['5550301', '5550302', '5550303', '5550304', '5550305', '5550306'];
const outside = ['5550311', '5550312', '5550313', '5550314'];

export const callsOfNobody: readonly ExpectedCall[] = [
  inbound('talked while ten others gave up', '5550300', 'answered', '1055', 'all-busy'),
  ...inQueue.map((caller) =>
    inbound(`gave up while all agents were busy: ${caller}`, caller, 'abandoned', '', 'all-busy', {
      unknownTo: 'history',
    })
  ),
  ...outside.map((caller) =>
    inbound(`gave up outside of queues before a phone rang: ${caller}`, caller, 'missed', '', '', {
      unknownTo: 'all',
    })
  ),
];

/**
 * Ten callers in a row whom nobody answers and for whom no phone rings, six in a queue whose only agent talks and four
 * outside of queues: with `unanswered = no` they leave no record. Resolves with when the first of them came and the last one
 * was gone, epoch milliseconds, before the talk ends, which leaves one.
 */
export async function tenUnanswered({ call, channels, send }: Hands): Promise<{ from: number; to: number }> {
  const talk = call({ from: '5550300', exten: '278', talk: 60 });
  await channels.talkingOf('PJSIP/1055');
  const from = Date.now();
  await Promise.all([
    ...inQueue.map((caller) => call({ from: caller, exten: '278', patience: 2 })),
    ...outside.map((caller) => call({ from: caller, exten: '279', patience: 2 })),
  ]);
  // A busy PBX tells later that they are gone.
  await sleep(3000);
  const to = Date.now();
  send({ Action: 'Hangup', Channel: await channels.talkingOf('PJSIP/1055') });
  await talk;
  return { from, to };
}
