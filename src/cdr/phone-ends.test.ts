import { cdrRecord, defaultRules, noon, queueEvent, unansweredQueueRecord } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import type { CallParts } from './call-parts';
import type { CdrRecord } from './record';

const assemble = (records: CdrRecord[], events: CallParts['events'] = []) =>
  assembleCall({ records, events }, defaultRules);
/** A talk from one second to another. */
const talked = (from: number, to: number, more: Partial<CdrRecord> = {}) =>
  cdrRecord({
    ...{ startTime: noon + from * 1000, answerTime: noon + from * 1000, endTime: noon + to * 1000 },
    ...{ duration: to - from, billableSeconds: to - from, sequence: from, ...more },
  });
const behind = (from: number, to: number, extension: string, more: Partial<CdrRecord> = {}) =>
  talked(from, to, {
    ...{ uniqueId: `${noon / 1000}.7`, linkedId: `${noon / 1000}.1`, channel: 'Local/1001@agents-00000001;2' },
    ...{ destinationChannel: `PJSIP/${extension}-00000002`, agent: extension, ...more },
  });
const toLocal = { destinationChannel: 'Local/1001@agents-00000001;1', agent: '' };
const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
const joined = queueEvent('QueueCallerJoin', 0);
const ofMember = { interface: 'Local/1001@agents', memberChannel: 'Local/1001@agents-00000001;1', holdTime: 2 };
const connected = queueEvent('AgentConnect', 2, { ...ofMember, ringTime: 2 });
const completed = (seconds: number, more = {}) =>
  queueEvent('AgentComplete', seconds, { ...ofMember, talkTime: seconds - 2, ...more });

describe('the handle time of an agent', () => {
  it('ends with the phone, though a Local channel before it stays until the caller hangs up', () => {
    const records = [
      talked(2, 20, { ...inQueue, ...toLocal }),
      behind(2, 6, '1001'),
      behind(7, 20, '1008', { lastData: 'PJSIP/1008' }),
    ];
    const { legs, visits, call } = assemble(records, [joined, connected, completed(20)]);
    expect(legs).toMatchObject([
      { agent: 'Local/1001@agents', queue: 'support', talkTime: 4 },
      { agent: '1008', queue: '', talkTime: 13 },
    ]);
    expect(visits).toMatchObject([{ talkTime: 18 }]);
    expect(call).toMatchObject({ agents: ['Local/1001@agents', '1008'] });
    expect(assemble(records).legs).toMatchObject([
      { agent: '1001', queue: 'support', talkTime: 4 },
      { agent: '1008', queue: '', talkTime: 13 },
    ]);
  });

  it('goes on in a record of its own phone while it consults, up to the transfer', () => {
    const consultation = talked(10, 14, {
      ...{ channel: 'PJSIP/1001-00000002', lastApplication: 'AppDial', uniqueId: `${noon / 1000}.2` },
      ...{ destinationChannel: 'PJSIP/trunk-acme-00000005', agent: '', linkedId: `${noon / 1000}.1` },
    });
    expect(assemble([cdrRecord(), consultation]).legs).toMatchObject([{ agent: '1001', talkTime: 12 }]);
  });

  it('goes on with the caller whom the transferer put in his place, though AgentComplete came then', () => {
    const events = [joined, connected, completed(6)].map((event) => ({
      ...event,
      ...(event === joined ? {} : { interface: 'PJSIP/1001', memberChannel: 'PJSIP/1001-00000002' }),
    }));
    const { legs } = assemble([talked(2, 6, inQueue), talked(6, 15)], events);
    expect(legs).toMatchObject([{ agent: '1001', queue: 'support', talkTime: 13 }]);
  });

  it('ends with each talk of a phone whose channel always has the same name', () => {
    const phone = { destinationChannel: 'DAHDI/1-1', agent: 'DAHDI/1' };
    const talks = [
      talked(2, 6, phone),
      talked(6, 9, { destinationChannel: '', agent: '', lastApplication: 'Playback' }),
    ];
    expect(assemble([...talks, talked(12, 20, phone)]).legs).toMatchObject([{ talkTime: 4 }, { talkTime: 8 }]);
  });

  it('is TalkTime of AgentComplete where the records differ by rounding, or tell of no talk', () => {
    const records = [talked(2, 19, { ...inQueue, ...toLocal }), behind(2, 19, '1001')];
    expect(assemble(records, [joined, connected, completed(20)]).legs).toMatchObject([{ talkTime: 18 }]);
    const untold = talked(2, 2, inQueue);
    const own = { interface: 'PJSIP/1001', memberChannel: untold.destinationChannel };
    expect(assemble([untold], [joined, { ...connected, ...own }, completed(20, own)]).legs).toMatchObject([
      { talkTime: 18 },
    ]);
  });

  it('is known by the records where AgentComplete was not heard', () => {
    const records = [talked(2, 12, { ...inQueue, ...toLocal }), behind(2, 12, '1001')];
    expect(assemble(records, [joined, connected]).legs).toMatchObject([{ talkTime: 10 }]);
  });
});

it('talk of the phone behind a Local channel counts once, whatever its seconds were rounded to', () => {
  const heard = [joined, connected, completed(20)].map((event) => ({ ...event, at: event.at + 900 }));
  expect(assemble([behind(2, 20, '1001')], heard).call).toMatchObject({ talkTime: 18 });
});

it('a phone behind a Local channel that another one picked up handled nothing, told from records', () => {
  const rang = behind(0, 2, '1001', { billableSeconds: 0, answerTime: noon + 2000 });
  const records = [talked(0, 8, { ...inQueue, ...toLocal }), rang, behind(2, 8, '1007')];
  const { legs, visits } = assemble(records);
  expect(visits).toMatchObject([{ agent: '1007', talkTime: 6 }]);
  expect(legs).toMatchObject([{ agent: '1007', queue: 'support', talkTime: 6 }]);
});

it('a talk that ForkCDR wrote twice is one, told from records', () => {
  expect(assemble([cdrRecord(inQueue), cdrRecord({ ...inQueue, sequence: 2 })]).visits).toMatchObject([
    { talkTime: 8 },
  ]);
});

it('a phone that rejects the call before another one answers did not stop ringing by the answer', () => {
  const rejected = unansweredQueueRecord({ duration: 1, endTime: noon + 1000, sequence: 1 });
  const answered = cdrRecord({
    ...{ ...inQueue, lastData: rejected.lastData, sequence: 2, startTime: noon + 1000, answerTime: noon + 6000 },
    ...{ destinationChannel: 'PJSIP/1002-00000003', agent: '1002', duration: 9, billableSeconds: 4 },
  });
  expect(assemble([rejected, answered]).legs).toMatchObject([
    { agent: '1001', answered: false },
    { agent: '1002', answered: true },
  ]);
});

it.each(['BUSY', 'FAILED', 'CONGESTION'])(
  'a phone that was %s did not ring unanswered, but for a queue',
  (disposition) => {
    const record = { disposition, answerTime: null, billableSeconds: 0 };
    expect(assemble([cdrRecord(record)]).legs).toEqual([]);
    expect(assemble([cdrRecord({ ...record, ...inQueue })]).legs).toMatchObject([
      { answered: false, queue: 'support' },
    ]);
  }
);

describe('a ring that a queue gives up', () => {
  const dialEnd = (dialStatus: string, memberChannel: string) =>
    queueEvent('DialEnd', 4, { dialStatus, memberChannel });
  const rang = { disposition: 'NO ANSWER', answerTime: null, billableSeconds: 0, endTime: noon + 4000, duration: 4 };

  it('is unanswered though CANCEL comes after NOANSWER', () => {
    const record = unansweredQueueRecord({ duration: 4, endTime: noon + 4000 });
    const { destinationChannel } = record;
    const ends = [dialEnd('NOANSWER', destinationChannel), dialEnd('CANCEL', destinationChannel)];
    expect(assemble([record], ends).legs).toMatchObject([{ agent: '1001', answered: false }]);
  });

  it('is unanswered for the phone behind a Local channel too, which is cancelled', () => {
    const records = [talked(0, 4, { ...inQueue, ...toLocal, ...rang }), behind(0, 4, '1001', rang)];
    const ends = [dialEnd('NOANSWER', toLocal.destinationChannel), dialEnd('CANCEL', 'PJSIP/1001-00000002')];
    expect(assemble(records, ends).legs).toMatchObject([{ agent: '1001', answered: false, queue: 'support' }]);
  });
});

describe('a caller who is taken out of a queue', () => {
  const taken = talked(0, 2, { ...inQueue, billableSeconds: 0, answerTime: noon + 2000 });
  const called = queueEvent('AgentCalled', 0);

  it('was not answered, though his record is, without a talk', () => {
    expect(assemble([taken], [joined, called])).toMatchObject({
      call: { outcome: 'abandoned' },
      visits: [{ visitOutcome: 'left', agent: '' }],
    });
  });

  it('is abandoned, as Asterisk counts, where he is heard to enter another bridge', () => {
    const visitOf = (records: CdrRecord[]) => assemble(records, [joined, called, queueEvent('BridgeEnter', 3)]).visits;
    expect(visitOf([taken])).toMatchObject([{ visitOutcome: 'abandoned', waitTime: 3 }]);
    // AgentConnect was not heard.
    expect(visitOf([talked(2, 9, inQueue)])).toMatchObject([{ visitOutcome: 'answered', agent: '1001' }]);
  });
});

describe('a visit whose end was not heard', () => {
  const answered = talked(2, 9, { ...inQueue, answerTime: noon + 2000 });

  it('is handled by the agent that the records tell', () => {
    expect(assemble([answered], [joined, queueEvent('AgentCalled', 0)])).toMatchObject({
      visits: [{ visitOutcome: 'answered', agent: '1001' }],
      legs: [{ agent: '1001', queue: 'support', answered: true }],
    });
  });

  it('is not answered by what the records tell of a later one in the same queue', () => {
    const again = [queueEvent('QueueCallerLeave', 1), queueEvent('QueueCallerJoin', 2)];
    const connect = queueEvent('AgentConnect', 12, { holdTime: 10 });
    expect(assemble([talked(12, 19, inQueue)], [joined, ...again, connect]).visits).toMatchObject([
      { visitOutcome: 'left' },
      { visitOutcome: 'answered' },
    ]);
  });
});
