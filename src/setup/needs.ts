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
  /** BlindTransfer and AttendedTransfer. */
  transferEvents: number;
  /** Newchannel. */
  channels: number;
  /** Channels that ended (Hangup). */
  hangups: number;
  /** Whether events have names that only Asterisk 11 and before give them. */
  isOld: boolean;
}

/** Of a PBX of which nothing came yet. */
export const nothingHeard: HeardOfPbx = {
  records: 0,
  inboundRecords: 0,
  outboundRecords: 0,
  trunkRecords: 0,
  callingAgentRecords: 0,
  memberEvents: 0,
  queueCallers: 0,
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
  'transfers',
  'callsNow',
  'callersWaiting',
] as const;
export type NeedId = (typeof needIds)[number];

/** Whether a PBX sends what a kind of question needs. */
export interface NeedState {
  /** `impossible`: this Asterisk has no such event. */
  state: 'heard' | 'notHeard' | 'impossible';
  found: string;
  /** What to do; empty where it is heard. */
  advice: string;
}

const heard = (found: string): NeedState => ({ state: 'heard', found, advice: '' });
const notHeard = (found: string, advice: string): NeedState => ({ state: 'notHeard', found, advice });

/** Records that can't all be of calls inside the PBX, most likely. */
const enoughRecords = 3;
const nameTrunks = 'Name your trunks under Direction above.';

/** One line for each kind of question: what it needs, and whether it comes. */
export const needs: Readonly<Record<NeedId, (pbx: HeardOfPbx) => NeedState>> = {
  lostCallers: ({ records, inboundRecords, outboundRecords }) => {
    if (inboundRecords > 0) {
      return heard(`CDRs of ${inboundRecords} calls from outside and ${outboundRecords} to outside are heard.`);
    }
    return records >= enoughRecords
      ? notHeard(`None of ${records} CDRs is known to be of a call from outside.`, nameTrunks)
      : notHeard('No CDR of a call from outside is heard yet.', 'Make a test call from outside.');
  },
  traffic: ({ records }) =>
    records > 0
      ? heard('CDRs are heard, which say when calls begin and end.')
      : notHeard('No CDR is heard yet.', 'Make a test call and answer it.'),
  trunks: ({ records, trunkRecords, callingAgentRecords }) => {
    if (trunkRecords > 0) {
      return heard(`${trunkRecords} CDRs name a trunk, ${callingAgentRecords} an agent who calls.`);
    }
    return records >= enoughRecords
      ? notHeard(`None of ${records} CDRs is known to use a trunk.`, nameTrunks)
      : notHeard('No CDR of a call through a trunk is heard yet.', 'Make a test call to outside.');
  },
  agents: ({ memberEvents, hangups }) => {
    if (memberEvents === 0) {
      return notHeard(
        'No log-in, pause or state of a queue member is heard yet.',
        'Give the AMI user the read class agent, and log an agent in to a queue, if this PBX has one.'
      );
    }
    return hangups > 0
      ? heard(`${memberEvents} events of queue members are heard, and the hang-ups by which a refused call is known.`)
      : notHeard(
          `${memberEvents} events of queue members are heard, but no hang-up by which a refused call is known.`,
          'Give the AMI user the read class call.'
        );
  },
  transfers: ({ transferEvents, isOld }) => {
    if (transferEvents > 0) {
      return heard(`${transferEvents} transfers are heard.`);
    }
    return isOld
      ? {
          state: 'impossible',
          found: 'Asterisk 11 and before send no BlindTransfer and AttendedTransfer.',
          advice: 'Transfers are derived from CDRs. Import the queue_log for those of queues.',
        }
      : notHeard(
          'No transfer is heard yet.',
          'Transfer a test call. Without the read class call, transfers are derived from CDRs or the queue_log.'
        );
  },
  callsNow: ({ channels }) =>
    channels > 0
      ? heard(`${channels} channels that begin are heard.`)
      : notHeard(
          'No channel that begins is heard yet.',
          'Give the AMI user the read class call, and make a test call.'
        ),
  callersWaiting: ({ queueCallers }) =>
    queueCallers > 0
      ? heard(`${queueCallers} callers in queues are heard.`)
      : notHeard(
          'No caller in a queue is heard yet.',
          'Give the AMI user the read class agent, and call a queue, if this PBX has one.'
        ),
};
