import { setTimeout as sleep } from 'node:timers/promises';
import { inbound, type ExpectedCall, type Hands } from '../scenario';

export interface Outages {
  /** amiws hears nothing until `comeBack` resolves. */
  leave: () => void;
  comeBack: () => Promise<void>;
}

export const callsDuringOutages: readonly ExpectedCall[] = [
  inbound('answered before amiws was away, ended after', '5550251', 'answered', '1051', 'away'),
  inbound('joined before amiws was away, answered in between', '5550252', 'answered', '1053', 'away-late'),
  inbound('came and went while amiws was away', '5550253', 'abandoned', '', 'unheard', { unknownTo: 'live' }),
  inbound('was answered and hung up while amiws was away', '5550254', 'answered', '1056', 'unheard-answer', {
    unknownTo: 'live',
  }),
  inbound('talked when Asterisk was restarted', '5550261', 'answered', '1052', 'restarted'),
  inbound('waited when Asterisk was restarted', '5550262', 'abandoned', '', 'restarted-waiting'),
  inbound('answered after the restart', '5550263', 'answered', '1052', 'restarted'),
  inbound('talked when Asterisk crashed', '5550271', 'answered', '1052', 'restarted', { unknownTo: 'history' }),
  inbound('waited when Asterisk crashed', '5550272', 'abandoned', '', 'restarted-waiting', { unknownTo: 'history' }),
  inbound('answered after the crash', '5550273', 'answered', '1052', 'restarted'),
];

/** amiws is away while one call is answered and two others are over; what it never heard of can't be known. */
export async function amiwsAway({ call, channels }: Hands, { leave, comeBack }: Outages): Promise<void> {
  const talk = call({ from: '5550251', exten: '280', talk: 25 });
  await channels.talkingOf('PJSIP/1051');
  const late = call({ from: '5550252', exten: '281', talk: 20 });
  await channels.ringingOf('PJSIP/1053');
  leave();
  await Promise.all([
    call({ from: '5550253', exten: '284', patience: 2 }),
    call({ from: '5550254', exten: '285', talk: 1 }),
  ]);
  await channels.talkingOf('PJSIP/1053');
  await sleep(2000);
  await comeBack();
  await Promise.all([talk, late]);
}

/** Asterisk starts again while one caller talks and another one waits. */
export async function startAgainInMidCall(
  { call, channels }: Hands,
  { callers, startAgain }: { callers: readonly [string, string, string]; startAgain: () => Promise<void> }
): Promise<void> {
  const [talks, waits, next] = callers;
  const talk = call({ from: talks, exten: '282', talk: 10 });
  await channels.talkingOf('PJSIP/1052');
  const waiting = call({ from: waits, exten: '283', patience: 8 });
  await channels.waitingIn('restarted-waiting', waits);
  await sleep(1500);
  await startAgain();
  await Promise.all([talk, waiting]);
  await call({ from: next, exten: '282', talk: 3 });
}
