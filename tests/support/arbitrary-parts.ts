import fc from 'fast-check';
import type { CallParts } from '../../src/cdr/call-parts';
import { queueEventNames, type QueueEvent } from '../../src/cdr/queue-event';
import { dispositions, directions, type CdrRecord } from '../../src/cdr/record';
import { cdrRecord, noon, queueEvent } from './cdr-builders';

const servers = ['pbx-east', 'pbx-west'];
const queues = ['support', 'sales', "o'brien; DROP TABLE call"];
const members = ['PJSIP/1001', 'PJSIP/1002', 'Local/1003@from-queue/n'];

const callId = fc.record({
  server: fc.constantFrom(...servers),
  linkedId: fc.integer({ min: 0, max: 5 }).map((n) => `${noon / 1000 + n * 600}.${n}`),
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
    accountCode: fc.constantFrom('', 'acme', 'Ünïcode "quoted"'),
    source: fc.constantFrom('5551234', 'ALICE', "x'); --"),
    utcOffset: fc.constantFrom(0, -18_000, 19_800),
    custom: fc.constantFrom<Record<string, string>>({}, { Department: 'front' }, { 'a/b~c "d"': 'odd' }),
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
    queue: fc.constantFrom(...queues),
    interface: fc.constantFrom(...members),
    member: fc.integer({ min: 0, max: 3 }),
    holdTime: fc.option(seconds),
    ringTime: fc.option(seconds),
    talkTime: fc.option(seconds),
    utcOffset: fc.constantFrom(0, -18_000),
  })
  .map(({ id, name, member, queue, interface: memberInterface, ...rest }) =>
    queueEvent(name, 0, {
      ...rest,
      ...id,
      uniqueId: id.linkedId,
      queue: name === 'Hangup' ? '' : queue,
      interface: name.startsWith('Agent') ? memberInterface : '',
      memberUniqueId: name.startsWith('Agent') ? `${id.linkedId}${member}` : '',
    })
  );

/** Records and queue events of a dozen calls of two PBXes, as likely nonsense as sense. */
export const arbitraryParts: fc.Arbitrary<CallParts> = fc.record({
  records: fc.array(record, { maxLength: 30 }),
  events: fc.array(event, { maxLength: 40 }),
});
