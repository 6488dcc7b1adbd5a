import { sentence, type Sentence } from '../sentences/sentence';

/** What one PBX has sent since the data source runs that questions are answered from: how many of each. */
export interface HeardOfPbx {
  /** Cdr events. */
  records: number;
  /** Cdr events of calls from outside, and of those to outside. */
  inboundRecords: number;
  outboundRecords: number;
  /** Cdr events that name a trunk, and those of which an extension is known to have called out. */
  trunkRecords: number;
  callingAgentRecords: number;
  /** Events of queue members: log-ins, pauses, states. */
  memberEvents: number;
  /** Callers who joined a queue, or stood in one when the PBX was asked. */
  queueCallers: number;
  /** AgentComplete that says who ended the talk. */
  endedTalks: number;
  /** BlindTransfer and AttendedTransfer. */
  transferEvents: number;
  /** Newchannel. */
  channels: number;
  /** Channels that ended (Hangup). */
  hangups: number;
  /** Whether events have names that only Asterisk 11 and before give them. */
  isOld: boolean;
}

/** Of a PBX from which nothing was received yet. */
export const nothingHeard: HeardOfPbx = {
  records: 0,
  inboundRecords: 0,
  outboundRecords: 0,
  trunkRecords: 0,
  callingAgentRecords: 0,
  memberEvents: 0,
  queueCallers: 0,
  endedTalks: 0,
  transferEvents: 0,
  channels: 0,
  hangups: 0,
  isOld: false,
};

export const needIds = [
  'lostCallers',
  'traffic',
  'trunks',
  'agents',
  'talkEnds',
  'transfers',
  'callsNow',
  'callersWaiting',
] as const;
export type NeedId = (typeof needIds)[number];

/** Whether a PBX sends what a kind of question needs. */
export interface NeedState {
  /** `impossible`: this Asterisk has no such event. */
  state: 'heard' | 'notHeard' | 'impossible';
  found: Sentence;
  /** What to do; null where it is heard. */
  advice: Sentence | null;
}

const heard = (found: Sentence): NeedState => ({ state: 'heard', found, advice: null });
const notHeard = (found: Sentence, advice: Sentence): NeedState => ({ state: 'notHeard', found, advice });

/** Records that can't all be of calls inside the PBX, most likely. */
const enoughRecords = 3;

/** One line for each kind of question: what it needs, and whether it comes. */
export const needs: Readonly<Record<NeedId, (pbx: HeardOfPbx) => NeedState>> = {
  lostCallers: ({ records, inboundRecords: inbound, outboundRecords: outbound }) => {
    if (inbound > 0) {
      return heard(sentence('need.lost-callers.heard', { inbound, outbound }));
    }
    return records >= enoughRecords
      ? notHeard(sentence('need.lost-callers.unnamed', { records }), sentence('need.name-trunks'))
      : notHeard(sentence('need.lost-callers.missing'), sentence('need.lost-callers.missing-advice'));
  },
  traffic: ({ records }) =>
    records > 0
      ? heard(sentence('need.traffic.heard'))
      : notHeard(sentence('need.traffic.missing'), sentence('need.traffic.missing-advice')),
  trunks: ({ records, trunkRecords: trunk, callingAgentRecords: agents }) => {
    if (trunk > 0) {
      return heard(sentence('need.trunks.heard', { trunk, agents }));
    }
    return records >= enoughRecords
      ? notHeard(sentence('need.trunks.unnamed', { records }), sentence('need.name-trunks'))
      : notHeard(sentence('need.trunks.missing'), sentence('need.trunks.missing-advice'));
  },
  agents: ({ memberEvents: count, hangups }) => {
    if (count === 0) {
      return notHeard(sentence('need.agents.missing'), sentence('need.agents.missing-advice'));
    }
    return hangups > 0
      ? heard(sentence('need.agents.heard', { count }))
      : notHeard(sentence('need.agents.no-hangup', { count }), sentence('need.agents.no-hangup-advice'));
  },
  talkEnds: ({ endedTalks: count }) =>
    count > 0
      ? heard(sentence('need.talk-ends.heard', { count }))
      : notHeard(sentence('need.talk-ends.missing'), sentence('need.talk-ends.missing-advice')),
  transfers: ({ transferEvents: count, isOld }) => {
    if (count > 0) {
      return heard(sentence('need.transfers.heard', { count }));
    }
    return isOld
      ? {
          state: 'impossible',
          found: sentence('need.transfers.impossible'),
          advice: sentence('need.transfers.impossible-advice'),
        }
      : notHeard(sentence('need.transfers.missing'), sentence('need.transfers.missing-advice'));
  },
  callsNow: ({ channels: count }) =>
    count > 0
      ? heard(sentence('need.calls-now.heard', { count }))
      : notHeard(sentence('need.calls-now.missing'), sentence('need.calls-now.missing-advice')),
  callersWaiting: ({ queueCallers: count }) =>
    count > 0
      ? heard(sentence('need.callers-waiting.heard', { count }))
      : notHeard(sentence('need.callers-waiting.missing'), sentence('need.callers-waiting.missing-advice')),
};
