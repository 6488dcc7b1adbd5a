import { frameText } from '../support/cdr-frame';

/** What Asterisk tells of a call through a queue: three queue events and two Cdr records, in their order. */
export function framesOfCall(n: number): string[] {
  // Only one of the two adds a time to its events.
  const server = n % 2 === 0 ? 'pbx-east' : 'pbx-west';
  const start = Math.floor(Date.now() / 1000) - 30;
  const linkedId = `${start}.${2 * n}`;
  const agent = String(1000 + (n % 80));
  const queue = `queue-${n % 7}`;
  const wall = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  let told = 0;
  const frame = (name: string, fields: Record<string, string>): string =>
    frameText(n % 2, server, 3, {
      Event: name,
      Privilege: 'call,all',
      ...(server === 'pbx-east' ? { Timestamp: ((Date.now() + told++) / 1000).toFixed(6) } : {}),
      ...fields,
    });
  const caller = { Uniqueid: linkedId, Linkedid: linkedId, Queue: queue };
  const member = { Interface: `PJSIP/${agent}`, MemberName: agent, DestUniqueid: `${start}.${2 * n + 1}` };
  const cdr = (leg: number): string =>
    frame('Cdr', {
      AccountCode: '',
      Source: String(5_550_000 + n),
      Destination: '100',
      DestinationContext: 'from-trunk',
      CallerID: `"Caller ${n}" <${5_550_000 + n}>`,
      Channel: leg === 0 ? `PJSIP/trunk-acme-${n.toString(16).padStart(8, '0')}` : `Local/${agent}@agents-${n};1`,
      DestinationChannel: `PJSIP/${agent}-${n.toString(16).padStart(8, '0')}`,
      LastApplication: 'Queue',
      LastData: `${queue},t`,
      StartTime: wall(start + leg),
      AnswerTime: wall(start + 5),
      EndTime: wall(start + 25),
      Duration: String(25 - leg),
      BillableSeconds: '20',
      Disposition: 'ANSWERED',
      AMAFlags: 'DOCUMENTATION',
      UniqueID: `${start}.${2 * n + leg}`,
      UserField: '',
      LinkedID: linkedId,
      Sequence: String(2 * n + leg),
    });
  return [
    frame('QueueCallerJoin', { ...caller, Position: '1', Count: '1' }),
    frame('AgentConnect', { ...caller, ...member, HoldTime: '5', RingTime: '2' }),
    frame('AgentComplete', { ...caller, ...member, HoldTime: '5', TalkTime: '20', Reason: 'agent' }),
    cdr(0),
    cdr(1),
  ];
}

/** Queue events of each call. */
export const eventsOfCall = 3;
export const recordsOfCall = 2;

/** Of a frame of such a call. */
export function linkedIdOf(frame: string): string {
  const { data } = JSON.parse(frame) as { data: Record<string, string> };
  return (data.Linkedid ?? data.LinkedID)!;
}
