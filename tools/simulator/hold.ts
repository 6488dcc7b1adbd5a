import { channelFields, type Channel } from './channel';
import type { Pbx } from './pbx';
import type { Script } from './timeline';

/** Talks for so many seconds; in one long talk of three the phone puts the other one on hold for some time. */
export function* talkWithHold(pbx: Pbx, phone: Channel, seconds: number): Script {
  const held = 10 + ((phone.sequence * 7) % 30);
  if (seconds < 3 * held || phone.sequence % 3 !== 0) {
    yield seconds;
    return;
  }
  yield held;
  pbx.emit('Hold', 'call', { ...channelFields(phone), MusicClass: 'default' });
  yield held;
  pbx.emit('Unhold', 'call', channelFields(phone));
  yield seconds - 2 * held;
}
