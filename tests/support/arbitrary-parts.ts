import fc from 'fast-check';
import type { CallParts } from '../../src/cdr/call-parts';
import { queueEventNames, type QueueEvent, type QueueEventName } from '../../src/cdr/queue-event';
import { isOfQueue, refused } from '../../src/cdr/queue-event-from-fields';
import { dispositions, directions, type CdrRecord } from '../../src/cdr/record';
import { talkEnds } from '../../src/cdr/talk-end';
import { cdrRecord, noon, queueEvent } from './cdr-builders';

const servers = ['pbx-east', 'pbx-west'];
const queues = ['support', 'sales', "o'brien; DROP TABLE call"];
const members = ['PJSIP/1001', 'PJSIP/1002', 'Local/1003@from-queue/n'];

const linkedIdOf = (n: number): string => `${noon / 1000 + n * 600}.${n}`;
const callId = fc.record({
  server: fc.constantFrom(...servers),
  linkedId: fc.integer({ min: 0, max: 5 }).map(linkedIdOf),
});
const seconds = fc.integer({ min: 0, max: 900 });
const instant = fc.integer({ min: 0, max: 4 * 3600 }).map((offset) => noon + offset * 1000);

const record: fc.Arbitrary<CdrRecord> = fc
  .record({
    id: callId,
    leg: fc.integer({ min: 0, max: 3 }),
    sequence: fc.integer({ min: 1, max: 200 }),
    startTime: fc.option(instant, { freq: 20 }),
    ring: seconds,
    talk: seconds,
    disposition: fc.constantFrom(...dispositions, 'SOMETHING NEW'),
    destinationChannel: fc.constantFrom('', ...members.map((member) => `${member}-00000001`), 'PJSIP/trunk-a-00000009'),
    queue: fc.constantFrom('', '', ...queues),
    agent: fc.constantFrom('', '1001', '1002'),
    direction: fc.constantFrom(...directions),
    did: fc.constantFrom('', '5550100', "'; --"),
    trunk: fc.constantFrom('', 'PJSIP/trunk-a', 'PJSIP/+4930123456'),
    callingAgent: fc.constantFrom('', '1001', '1003'),
    // cspell:ignore Ünïcode
    accountCode: fc.constantFrom('', 'acme', 'Ünïcode "quoted"'),
    source: fc.constantFrom('5551234', 'ALICE', "x'); --", ''),
    utcOffset: fc.constantFrom(0, -18_000, 19_800),
    custom: fc.constantFrom<Record<string, string>>(
      {},
      { Department: 'front' },
      { 'a/b~c "d"': 'odd' },
      { DID: '5550199' }
    ),
  })
  .map(({ id, leg, ring, talk, startTime, ...rest }) =>
    cdrRecord({
      ...rest,
      ...id,
      uniqueId: leg === 0 ? id.linkedId : `${id.linkedId}${leg}`,
      startTime,
      answerTime: startTime === null || talk === 0 ? null : startTime + ring * 1000,
      endTime: startTime === null ? null : startTime + (ring + talk) * 1000,
      duration: ring + talk,
      billableSeconds: talk,
      lastApplication: rest.queue === '' ? 'Dial' : 'Queue',
    })
  );

const event: fc.Arbitrary<QueueEvent> = fc
  .record({
    id: callId,
    name: fc.constantFrom(...queueEventNames),
    at: instant,
    consultation: fc.integer({ min: 0, max: 5 }),
    arrival: fc.integer({ min: 0, max: 2 }),
    dialStatus: fc.constantFrom('ANSWER', 'CANCEL', 'NOANSWER', 'BUSY'),
    details: fc.record({
      result: fc.constantFrom('Success', 'Success', 'Not Permitted'),
      extension: fc.constantFrom('', '1002', '502', '+4930123456'),
      targetChannel: fc.constantFrom('', 'PJSIP/1002-00000001', 'PJSIP/trunk-a-00000009'),
      consultUniqueId: fc.integer({ min: 0, max: 5 }).map(linkedIdOf),
    }),
    queue: fc.constantFrom(...queues),
    interface: fc.constantFrom(...members),
    member: fc.integer({ min: 0, max: 3 }),
    holdTime: fc.option(seconds),
    ringTime: fc.option(seconds),
    talkTime: fc.option(seconds),
    endedBy: fc.constantFrom(...talkEnds, ''),
    utcOffset: fc.constantFrom(0, -18_000),
    isRefused: fc.boolean(),
  })
  .map(
    ({
      id,
      name,
      member,
      queue,
      interface: memberInterface,
      consultation,
      dialStatus,
      isRefused,
      endedBy,
      details,
      ...rest
    }) =>
      queueEvent(name, 0, {
        ...rest,
        ...id,
        uniqueId: id.linkedId,
        queue: isOfQueue(name) ? queue : '',
        interface: name.startsWith('Agent') ? memberInterface : '',
        memberUniqueId: name.startsWith('Agent') ? `${id.linkedId}${member}` : '',
        memberChannel:
          name.startsWith('Agent') || name.endsWith('Transfer') || name === 'DialEnd' || name === 'Hangup'
            ? `${memberInterface}-00000001`
            : '',
        transfer: name.endsWith('Transfer') ? details : null,
        dialStatus: name === 'DialEnd' ? dialStatus : name === 'Hangup' && isRefused ? refused : '',
        endedBy: name === 'AgentComplete' ? endedBy : '',
        consultLinkedId: name === 'AttendedTransfer' ? linkedIdOf(consultation) : '',
        caller: name === 'QueueCallerJoin' ? caller : null,
      })
  );

const caller = {
  channel: 'PJSIP/trunk-a-00000009',
  number: '5551234',
  name: '',
  context: 'from-trunk',
  extension: '200',
};

/** A call through a Local channel, as FreePBX rings its members, perhaps optimized away, so that one talk has several records. */
const localPair: fc.Arbitrary<CdrRecord[]> = fc
  .record({
    id: callId,
    startTime: instant,
    ring: fc.integer({ min: 0, max: 30 }),
    talk: fc.integer({ min: 0, max: 300 }),
    extension: fc.constantFrom('1001', '1002'),
    context: fc.constantFrom('from-queue', 'agents'),
    queue: fc.constantFrom('', ...queues),
    isOptimized: fc.boolean(),
    isAnswered: fc.boolean(),
  })
  .map(({ id, startTime, ring, talk, extension, context, queue, isOptimized, isAnswered }) => {
    const local = `Local/${extension}@${context}-0000000a`;
    const phone = `PJSIP/${extension}-0000000b`;
    const answerTime = isAnswered ? startTime + ring * 1000 : null;
    const seconds = isAnswered && !isOptimized ? talk : 0;
    const ends = {
      ...{ startTime, answerTime, endTime: startTime + (ring + seconds) * 1000, duration: ring + seconds },
      ...{ billableSeconds: seconds, disposition: isAnswered ? 'ANSWERED' : 'NO ANSWER' },
    };
    const own = { ...id, queue, lastApplication: queue === '' ? 'Dial' : 'Queue', lastData: `${queue},t` };
    const records = [
      cdrRecord({ ...own, ...ends, uniqueId: id.linkedId, sequence: 301, destinationChannel: `${local};1` }),
      cdrRecord({
        ...id,
        ...ends,
        uniqueId: `${id.linkedId}7`,
        sequence: 302,
        channel: `${local};2`,
        destinationChannel: phone,
      }),
    ];
    const goneOn = { startTime: answerTime, answerTime, endTime: startTime + (ring + talk) * 1000, duration: talk };
    return isOptimized && isAnswered
      ? [
          ...records,
          cdrRecord({
            ...own,
            ...goneOn,
            uniqueId: id.linkedId,
            sequence: 303,
            billableSeconds: talk,
            destinationChannel: phone,
          }),
        ]
      : records;
  });

/** A caller whom a member answered and another one did not, all within a millisecond, as a burst brings it. */
const burst: fc.Arbitrary<QueueEvent[]> = fc
  .record({ id: callId, at: instant, queue: fc.constantFrom(...queues), wait: seconds, talk: seconds })
  .map(({ id, at, queue, wait, talk }) => {
    const events: Array<[QueueEventName, Partial<QueueEvent>]> = [
      ['QueueCallerJoin', { caller }],
      ['AgentCalled', { interface: 'PJSIP/1001', memberUniqueId: `${id.linkedId}1` }],
      ['AgentCalled', { interface: 'PJSIP/1002', memberUniqueId: `${id.linkedId}2` }],
      ['QueueCallerLeave', {}],
      ['AgentConnect', { interface: 'PJSIP/1002', memberUniqueId: `${id.linkedId}2`, holdTime: wait, ringTime: 1 }],
      ['AgentComplete', { interface: 'PJSIP/1002', memberUniqueId: `${id.linkedId}2`, holdTime: wait, talkTime: talk }],
    ];
    return events.map(([name, more], arrival) =>
      queueEvent(name, 0, {
        ...id,
        interface: '',
        memberUniqueId: '',
        uniqueId: id.linkedId,
        queue,
        at,
        arrival,
        ...more,
      })
    );
  });

/** Records and queue events of a dozen calls of two PBXes, as likely nonsense as sense, with transfers, Local channels and bursts. */
export const arbitraryParts: fc.Arbitrary<CallParts> = fc.record({
  records: lists(fc.array(record, { maxLength: 30 }), fc.array(localPair, { maxLength: 4 })),
  events: lists(fc.array(event, { maxLength: 40 }), fc.array(burst, { maxLength: 3 })),
});

function lists<T>(ones: fc.Arbitrary<T[]>, several: fc.Arbitrary<T[][]>): fc.Arbitrary<T[]> {
  return fc.tuple(ones, several).map(([some, more]) => [...some, ...more.flat()]);
}
