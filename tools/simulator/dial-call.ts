import { openBridge, leaveBridge } from './bridge';
import type { CdrRecords, Disposition } from './cdr-records';
import { channelFields, type Channel } from './channel';
import { answerDial, beginDial, reachBusy, refuseDial, type Destination, type DialStatus } from './dial';
import type { HangupCause, Pbx } from './pbx';
import { talkWithHold } from './hold';
import type { Script } from './timeline';

export type DialResult = 'answered' | 'no-answer' | 'cancelled' | 'busy' | 'declined' | 'congestion' | 'failed';

interface Refusal {
  status: DialStatus;
  cause: HangupCause;
  disposition: Disposition;
  /** Seconds until it shows. */
  after: readonly [number, number];
}

const refusals: Record<Exclude<DialResult, 'answered'>, Refusal> = {
  'no-answer': { status: 'NOANSWER', cause: 19, disposition: 'NO ANSWER', after: [20, 20] },
  cancelled: { status: 'CANCEL', cause: 0, disposition: 'NO ANSWER', after: [4, 18] },
  busy: { status: 'BUSY', cause: 17, disposition: 'BUSY', after: [0.2, 3] },
  declined: { status: 'BUSY', cause: 17, disposition: 'BUSY', after: [2, 8] },
  congestion: { status: 'CONGESTION', cause: 34, disposition: 'CONGESTION', after: [0.2, 1] },
  failed: { status: 'CHANUNAVAIL', cause: 20, disposition: 'FAILED', after: [0.1, 0.5] },
};

/** Dials, rings, and talks for so many seconds; the caller is left as it is for the dialplan to go on. */
export function* dialAndTalk(
  pbx: Pbx,
  caller: Channel,
  records: CdrRecords,
  to: Destination,
  result: DialResult,
  talk: number
): Script {
  const startedAt = pbx.now;
  const application = { name: 'Dial', data: `${to.device},20,tT` };
  // A phone that is busy says so before it rings.
  const called = result === 'busy' ? reachBusy(pbx, caller, to) : beginDial(pbx, caller, to);
  if (result !== 'answered') {
    const { status, cause, disposition, after } = refusals[result];
    yield pbx.random.between(...after);
    refuseDial(pbx, caller, called, status, cause);
    records.add(application, disposition, startedAt, { destinationChannel: called.name, answeredAt: null });
    return;
  }
  yield pbx.random.between(1.5, 12);
  answerDial(pbx, caller, called);
  if (caller.answeredAt === null) {
    pbx.setState(caller, 'Up');
  }
  const answeredAt = pbx.now;
  const bridge = openBridge(pbx, called, caller);
  yield* talkWithHold(pbx, caller.context === 'internal' ? caller : called, talk);
  leaveBridge(pbx, bridge, caller);
  leaveBridge(pbx, bridge, called);
  pbx.hangup(called, 16);
  pbx.setDevice(to.device, 'NOT_INUSE');
  records.add(application, 'ANSWERED', startedAt, { destinationChannel: called.name, answeredAt });
}

/** The caller's channel ends, and its records are sent. */
export function endCall(pbx: Pbx, caller: Channel, records: CdrRecords, cause: HangupCause = 16): void {
  pbx.emit('HangupRequest', 'call', { ...channelFields(caller), Cause: cause });
  pbx.emit('SoftHangupRequest', 'call', { ...channelFields(caller), Cause: 16 });
  records.send();
  pbx.hangup(caller, cause);
  pbx.setDevice(caller.device, 'NOT_INUSE');
}
