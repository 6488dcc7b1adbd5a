import { queueLogText } from '../../tests/support/queue-log-text';
import { queueLogEvents } from './queue-log-events';
import { parseQueueLogLine } from './queue-log-line';

const at = 1_795_636_030;

/** What a line tells, the fields that it names. */
function told(text: string, interfaceOf = (_: string, name: string) => name) {
  const line = parseQueueLogLine(`${at}|${at - 5}.7|support|${text}`)!;
  const context = { server: 'pbx', at: at * 1000, arrival: 1_000, utcOffset: 0, interfaceOf };
  return queueLogEvents(line, context)?.map((event) =>
    Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null && value !== ''))
  );
}

const common = {
  server: 'pbx',
  arrival: 1_000,
  utcOffset: 0,
  uniqueId: `${at - 5}.7`,
  linkedId: `${at - 5}.7`,
  imported: true,
};
const event = { ...common, at: at * 1000, queue: 'support' };

describe('a line of a queue_log', () => {
  it.each([
    [
      'ENTERQUEUE',
      'NONE|ENTERQUEUE||5550281|2',
      {
        name: 'QueueCallerJoin',
        position: 2,
        caller: { channel: '', number: '5550281', name: '', context: '', extension: '' },
      },
    ],
    [
      'CONNECT',
      `PJSIP/1001|CONNECT|5|${at - 3}.8|3`,
      { name: 'AgentConnect', interface: 'PJSIP/1001', holdTime: 5, ringTime: 3, memberUniqueId: `${at - 3}.8` },
    ],
    [
      'COMPLETEAGENT',
      'PJSIP/1001|COMPLETEAGENT|5|60|1',
      { name: 'AgentComplete', interface: 'PJSIP/1001', holdTime: 5, talkTime: 60, endedBy: 'agent' },
    ],
    ['ABANDON', 'NONE|ABANDON|1|2|30', { name: 'QueueCallerAbandon', position: 1, holdTime: 30 }],
    ['EXITWITHTIMEOUT', 'NONE|EXITWITHTIMEOUT|1|2|30', { name: 'QueueCallerAbandon', position: 1, holdTime: 30 }],
    ['EXITWITHTIMEOUT of 1.6', 'NONE|EXITWITHTIMEOUT|1', { name: 'QueueCallerAbandon', position: 1 }],
    ['EXITEMPTY', 'NONE|EXITEMPTY|1|2|30', { name: 'QueueCallerAbandon', position: 1, holdTime: 30 }],
    ['WITHDRAW', 'NONE|WITHDRAW|1|2|30|supervisor', { name: 'QueueCallerAbandon', position: 1, holdTime: 30 }],
    ['EXITWITHKEY', 'NONE|EXITWITHKEY|0|1|1|2', { name: 'QueueCallerLeave', position: 1 }],
    [
      'RINGNOANSWER',
      'PJSIP/1001|RINGNOANSWER|4500',
      { name: 'AgentRingNoAnswer', interface: 'PJSIP/1001', ringTime: 4.5 },
    ],
    ['AGENTDUMP', 'PJSIP/1001|AGENTDUMP|', { name: 'AgentDump', interface: 'PJSIP/1001' }],
  ])('%s tells what the event of the wire does', (_, text, expected) => {
    expect(told(text)).toEqual([{ ...event, ...expected }]);
  });

  it.each([
    ['TRANSFER', 'TRANSFER|501|internal|5|60', 'BlindTransfer', '501'],
    ['BLINDTRANSFER', 'BLINDTRANSFER|501|internal|5|60|1', 'BlindTransfer', '501'],
    ['ATTENDEDTRANSFER to a bridge', 'ATTENDEDTRANSFER|BRIDGE|804f|5|60|1', 'AttendedTransfer', ''],
    ['ATTENDEDTRANSFER between two', 'ATTENDEDTRANSFER|LINK|a;1|a;2|5|60|1', 'AttendedTransfer', ''],
  ])('%s tells the end of the talk, and the transfer', (_, text, name, extension) => {
    const transfer = { result: 'Success', extension, targetChannel: '', consultUniqueId: '' };
    expect(told(`PJSIP/1001|${text}`)).toEqual([
      { ...event, name: 'AgentComplete', interface: 'PJSIP/1001', holdTime: 5, talkTime: 60, endedBy: 'transfer' },
      { ...common, at: at * 1000, name, interface: 'PJSIP/1001', transfer },
    ]);
  });

  it('of a talk that the caller ended tells that he hung up', () => {
    expect(told('PJSIP/1001|COMPLETECALLER|5|60|1')).toEqual([
      expect.objectContaining({ name: 'AgentComplete', talkTime: 60, endedBy: 'caller' }),
      { ...common, at: at * 1000, name: 'Hangup' },
    ]);
  });

  it('of an answer some seconds before the connection, as with memberdelay, tells when the phone rang', () => {
    expect(told(`PJSIP/1001|CONNECT|9|${at - 9}.8|3`)).toEqual([
      expect.objectContaining({ name: 'AgentCalled', at: (at - 9) * 1000, memberUniqueId: `${at - 9}.8` }),
      expect.objectContaining({ name: 'AgentConnect', at: at * 1000, ringTime: 3 }),
    ]);
  });

  it.each(['CONFIGRELOAD', 'RINGCANCELED|991', 'DID|5550', 'TRANSFERRED_BY_MY_DIALPLAN|1'])(
    '%s tells nothing of a visit',
    (text) => expect(told(`NONE|${text}`)).toEqual([])
  );

  it.each([
    'PJSIP/1001|CONNECT|5',
    'NONE|ABANDON|1|2',
    'NONE|ABANDON|1|2|',
    'PJSIP/1001|RINGNOANSWER|',
    'PJSIP/1001|COMPLETEAGENT|5',
    'PJSIP/1001|BLINDTRANSFER|501|internal',
  ])('%s is cut', (text) => expect(told(text)).toBeUndefined());

  it('has a member by his name, whose interface is asked for', () => {
    expect(told('Alice|RINGNOANSWER|1000', (queue, name) => `${queue}/${name}`)).toMatchObject([
      { interface: 'support/Alice' },
    ]);
  });
});

test.each([
  '',
  'x',
  '1795636030|1.2|q',
  '1795636030|1.2|q|a|',
  '17956|1.2|q|a|CONNECT',
  '1795636030||q|a|CONNECT',
  '<?php|1|2|3|4',
])('%j is no line of a queue_log', (text) => expect(parseQueueLogLine(text)).toBeNull());

test('a line is written as it was read', () => {
  for (const text of [
    '1795636030|1795636024.754|localn|Alice|CONNECT|1|1795636024.755|1',
    '1795636030|NONE|NONE|NONE|QUEUESTART|',
  ]) {
    expect(queueLogText(parseQueueLogLine(text)!)).toBe(text);
  }
});
