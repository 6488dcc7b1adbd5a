const stateCodes = { Down: 0, Ring: 4, Ringing: 5, Up: 6, Busy: 7 } as const;
export type ChannelState = keyof typeof stateCodes;

/** A channel of Asterisk: one end of a call. Times in epoch milliseconds. */
export interface Channel {
  name: string;
  /** `PJSIP/1001`, without the number that tells its channels apart. */
  device: string;
  uniqueId: string;
  linkedId: string;
  number: string;
  callerName: string;
  /** The number dialled from outside; empty for a call from inside. */
  did: string;
  /** Number and name of who calls, whatever a trunk shows: FreePBX's CDR(cnum) and CDR(cnam). */
  cnum: string;
  cnam: string;
  connectedNumber: string;
  connectedName: string;
  context: string;
  exten: string;
  priority: number;
  state: ChannelState;
  startedAt: number;
  answeredAt: number | null;
  /** Number of the channel's first CDR record. */
  sequence: number;
}

/** The fields that every event on a channel carries, in Asterisk's order; `prefix` is `Dest` for the called side. */
export function channelFields(channel: Channel, prefix = ''): Record<string, string | number> {
  const fields = {
    Channel: channel.name,
    ChannelState: stateCodes[channel.state],
    ChannelStateDesc: channel.state,
    CallerIDNum: channel.number,
    CallerIDName: channel.callerName,
    ConnectedLineNum: channel.connectedNumber,
    ConnectedLineName: channel.connectedName,
    Language: 'en',
    AccountCode: '',
    Context: channel.context,
    Exten: channel.exten,
    Priority: channel.priority,
    Uniqueid: channel.uniqueId,
    Linkedid: channel.linkedId,
  };
  return prefix === ''
    ? fields
    : Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}${name}`, value]));
}
