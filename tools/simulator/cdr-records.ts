import type { Channel } from './channel';
import type { Pbx } from './pbx';
import { wallClock } from './wall-clock';

export type Disposition = 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'CONGESTION';

export interface Application {
  name: string;
  data: string;
}

interface Entry {
  channel: Pick<Channel, 'number' | 'callerName' | 'name' | 'uniqueId' | 'exten' | 'context' | 'did' | 'cnum' | 'cnam'>;
  destinationChannel: string;
  application: Application;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  disposition: Disposition;
  sequence: number;
}

/**
 * The CDR records of one channel. Asterisk writes one for each party that the channel rang or talked to, and one for
 * what an application did without a party; they are all sent when the channel ends.
 */
export class CdrRecords {
  private readonly entries: Entry[] = [];

  constructor(
    private readonly pbx: Pbx,
    private readonly channel: Channel,
    private readonly marks: { department?: string; campaign?: string } = {}
  ) {}

  /**
   * Adds a record that ends now. The channel's first record begins with the channel, a later one with its party.
   * A channel that was answered before counts as answered for each of its records, whatever the party did.
   */
  add(
    application: Application,
    disposition: Disposition,
    startedAt: number,
    party: { destinationChannel: string; answeredAt: number | null } = { destinationChannel: '', answeredAt: null }
  ): void {
    const isFirst = this.entries.length === 0;
    const start = isFirst ? this.channel.startedAt : startedAt;
    const channelAnswer = this.channel.answeredAt === null ? null : Math.max(start, this.channel.answeredAt);
    const { number, callerName, name, uniqueId, exten, context, did, cnum, cnam } = this.channel;
    this.entries.push({
      channel: { number, callerName, name, uniqueId, exten, context, did, cnum, cnam },
      destinationChannel: party.destinationChannel,
      application,
      startedAt: start,
      answeredAt: party.answeredAt ?? channelAnswer,
      endedAt: this.pbx.now,
      disposition,
      sequence: isFirst ? this.channel.sequence : this.pbx.nextSequence(),
    });
  }

  /** The caller left an application that had found no party. */
  addIfEmpty(application: Application, disposition: Disposition): void {
    if (this.entries.length === 0) {
      this.add(application, disposition, this.pbx.now);
    }
  }

  send(): void {
    this.entries.forEach((entry) => this.pbx.emit('Cdr', 'cdr', this.fields(entry)));
  }

  private fields(entry: Entry): Record<string, string | number> {
    const { zone } = this.pbx.options;
    const { channel, answeredAt } = entry;
    return {
      AccountCode: '',
      Source: channel.number,
      Destination: channel.exten,
      DestinationContext: channel.context,
      CallerID: `"${channel.callerName.replace(/["\\]/g, '\\$&')}" <${channel.number}>`,
      Channel: channel.name,
      DestinationChannel: entry.destinationChannel,
      LastApplication: entry.application.name,
      LastData: entry.application.data,
      StartTime: wallClock(entry.startedAt, zone),
      AnswerTime: answeredAt === null ? '' : wallClock(answeredAt, zone),
      EndTime: wallClock(entry.endedAt, zone),
      Duration: Math.floor((entry.endedAt - entry.startedAt) / 1000),
      BillableSeconds: answeredAt === null ? 0 : Math.floor((entry.endedAt - answeredAt) / 1000),
      Disposition: entry.disposition,
      AMAFlags: 'DOCUMENTATION',
      UniqueID: channel.uniqueId,
      UserField: '',
      Department: this.marks.department ?? '',
      Campaign: this.marks.campaign ?? '',
      // As FreePBX fills them, where cdr_manager.conf maps them.
      did: channel.did,
      cnum: channel.cnum,
      cnam: channel.cnam,
      // A transfer can join the channel to an older call: what counts is the linkedid at the end.
      LinkedID: this.channel.linkedId,
      Sequence: entry.sequence,
    };
  }
}
