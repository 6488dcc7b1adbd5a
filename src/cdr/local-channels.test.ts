import { cdrRecord, defaultRules, noon, queueEvent, unansweredQueueRecord } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import type { CallParts } from './call-parts';
import type { CdrRecord } from './record';

const assemble = (records: CdrRecord[], events: CallParts['events'] = []) =>
  assembleCall({ records, events }, defaultRules);
const member = (extension: string, half: 1 | 2, context = 'from-queue') =>
  `Local/${extension}@${context}-0000000${extension.at(-1)};${half}`;
const toMember = (extension: string, overrides: Partial<CdrRecord> = {}) => {
  const destinationChannel = member(extension, 1);
  const agent = defaultRules.agent(destinationChannel);
  return cdrRecord({
    queue: 'support',
    lastApplication: 'Queue',
    lastData: 'support,t',
    destinationChannel,
    agent,
    ...overrides,
  });
};
const behind = (extension: string, overrides: Partial<CdrRecord> = {}) =>
  cdrRecord({
    uniqueId: `${noon / 1000}.${extension}`,
    linkedId: `${noon / 1000}.1`,
    channel: member(extension, 2),
    destinationChannel: `PJSIP/${extension}-00000009`,
    agent: extension,
    ...overrides,
  });
const unanswered = { disposition: 'NO ANSWER', answerTime: null, billableSeconds: 0 };

describe('a queue member behind a Local channel, told from records', () => {
  it('has answered where the record of the other half says so', () => {
    const { call, visits } = assemble([toMember('1002'), behind('1002')]);
    expect(visits).toMatchObject([{ visitOutcome: 'answered', agent: '1002', waitTime: 2, talkTime: 8 }]);
    expect(call).toMatchObject({ outcome: 'answered', agent: '1002', queue: 'support', talkTime: 8, waitTime: 2 });
  });

  it('has not answered where only an application did there', () => {
    const voicemail = behind('1002', { destinationChannel: '', agent: '', lastApplication: 'VoiceMail' });
    expect(assemble([toMember('1002'), voicemail]).visits).toMatchObject([{ visitOutcome: 'abandoned' }]);
  });

  it('has answered by the own record of the caller where the other half is in no record of the call', () => {
    expect(assemble([toMember('1002')]).call).toMatchObject({ outcome: 'answered', agent: '1002' });
    const elsewhere = toMember('1002', { destinationChannel: member('1002', 1, 'agents'), agent: '' });
    expect(assemble([elsewhere]).call).toMatchObject({ outcome: 'answered', agent: 'Local/1002@agents' });
  });

  it('did not ring unanswered when another one answered that ring', () => {
    const stopped = { ...unanswered, endTime: noon + 2000, duration: 2 };
    const { legs } = assemble([toMember('1001', stopped), behind('1001', stopped), toMember('1002'), behind('1002')]);
    expect(legs).toMatchObject([{ agent: '1002', answered: true, queue: 'support' }]);
  });

  it('makes one leg where the Local channel is optimized away and the talk has two records', () => {
    const moment = { endTime: noon + 2000, duration: 2, billableSeconds: 0 };
    const talk = cdrRecord({
      ...{ queue: 'support', lastApplication: 'Queue', lastData: 'support,t' },
      ...{ startTime: noon + 2000, answerTime: noon + 2000, endTime: noon + 6000, duration: 4, billableSeconds: 4 },
      ...{ destinationChannel: 'PJSIP/1002-00000009', agent: '1002', sequence: 2 },
    });
    const { legs, visits } = assemble([toMember('1002', moment), behind('1002', moment), talk]);
    expect(legs).toMatchObject([{ agent: '1002', answered: true, talkTime: 4 }]);
    expect(visits).toMatchObject([{ visitOutcome: 'answered', talkTime: 4 }]);
  });
});

it('a caller who came through a Local channel is handled in the queue that its other half entered', () => {
  const through = (half: 1 | 2) => `Local/help@queues-00000001;${half}`;
  const { legs } = assemble([
    cdrRecord({ destinationChannel: through(1), agent: '', lastData: 'Local/help@queues' }),
    cdrRecord({
      ...{ uniqueId: `${noon / 1000}.3`, linkedId: `${noon / 1000}.1`, channel: through(2) },
      ...{ queue: 'support', lastApplication: 'Queue', lastData: 'support,t' },
    }),
  ]);
  expect(legs).toMatchObject([{ agent: '1001', queue: 'support', answered: true }]);
});

it('a parked call is one visit of its queue, and whoever takes it handled none of the queue', () => {
  const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,k' };
  const parked = { startTime: noon + 10_000, answerTime: noon + 10_000, endTime: noon + 13_000 };
  const taken = { startTime: noon + 13_000, answerTime: noon + 13_000, endTime: noon + 20_000 };
  const { visits, legs } = assemble([
    cdrRecord(inQueue),
    cdrRecord({ ...parked, destinationChannel: '', agent: '', lastApplication: 'Park', sequence: 2 }),
    cdrRecord({ ...inQueue, ...taken, destinationChannel: 'PJSIP/1006-00000004', agent: '1006', sequence: 3 }),
  ]);
  expect(visits).toMatchObject([{ queue: 'support', agent: '1001', talkTime: 8 }]);
  expect(legs).toMatchObject([
    { agent: '1001', queue: 'support' },
    { agent: '1006', queue: '' },
  ]);
});

describe('phones that stop ringing', () => {
  const rang = (extension: string, more: Partial<CdrRecord> = {}) =>
    cdrRecord({
      destinationChannel: `PJSIP/${extension}-00000009`,
      agent: extension,
      lastData: 'PJSIP/1001&PJSIP/1002',
      ...more,
    });

  it('did not ring unanswered when another one of the same Dial was answered', () => {
    const stopped = { ...unanswered, endTime: noon + 2000, duration: 2, sequence: 2 };
    expect(assemble([rang('1001'), rang('1002', stopped)]).legs).toMatchObject([{ agent: '1001', answered: true }]);
  });

  it('did when they rang by a Dial of their own before', () => {
    const before = { ...unanswered, startTime: noon - 10_000, endTime: noon, lastData: 'PJSIP/1002', sequence: 2 };
    expect(assemble([rang('1001'), rang('1002', before)]).legs).toHaveLength(2);
  });

  it('did not when somebody picked the call up', () => {
    const stopped = { ...unanswered, endTime: noon + 5000, duration: 5 };
    const picked = { startTime: noon + 5000, answerTime: noon + 5000, endTime: noon + 9000, sequence: 2 };
    const same = { lastData: 'PJSIP/1001' };
    const { legs } = assemble([rang('1001', { ...stopped, ...same }), rang('1007', { ...picked, ...same })]);
    expect(legs).toMatchObject([{ agent: '1007', answered: true }]);
  });

  it.each([
    ['a table that tells no end, a second early', 4, true, 1],
    ['a table that tells no end, two seconds early', 3, true, 2],
    ['the PBX, which tells the end itself', 4, false, 2],
  ])('did not when somebody picked the call up by the records of %s', (_, seconds, imported, legs) => {
    const stopped = { ...unanswered, endTime: noon + seconds * 1000, duration: seconds, imported };
    const picked = { startTime: noon + 5000, answerTime: noon + 5000, endTime: noon + 9000, sequence: 2, imported };
    const same = { lastData: 'PJSIP/1001' };
    expect(assemble([rang('1001', { ...stopped, ...same }), rang('1007', { ...picked, ...same })]).legs).toHaveLength(
      legs
    );
  });

  it('did not answer when Asterisk writes so of the moment in which somebody picked the call up', () => {
    const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
    const moment = { answerTime: noon + 2000, endTime: noon + 2000, duration: 2, billableSeconds: 0 };
    const picked = { startTime: noon + 2000, answerTime: noon + 2000, sequence: 2 };
    const { legs, visits } = assemble([
      rang('1001', { ...inQueue, ...moment }),
      rang('1007', { ...inQueue, ...picked }),
    ]);
    expect(legs).toMatchObject([{ agent: '1007', queue: 'support' }]);
    expect(visits).toMatchObject([{ agent: '1007', waitTime: 2 }]);
  });

  /** What a phone leaves whose channel another one took over while it rang, where unanswered calls are written. */
  const takenOver = (extension: string) =>
    cdrRecord({
      ...{ ...unanswered, endTime: noon + 5000, duration: 5, lastApplication: 'AppQueue', lastData: '(Outgoing Line)' },
      ...{ channel: `PJSIP/${extension}-00000009`, destinationChannel: '', agent: '', sequence: 3 },
      ...{ uniqueId: `${noon / 1000}.3`, linkedId: `${noon / 1000}.1`, destination: `*8${extension}` },
    });

  it.each([0, 1, 2, 3, 4, 5])(
    'did not when somebody picked the call up, though the record of the ring ends after %i of 5 s',
    (seconds) => {
      const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
      const stopped = { ...unanswered, endTime: noon + seconds * 1000, duration: seconds };
      const picked = { startTime: noon + 5000, answerTime: noon + 5000, endTime: noon + 9000, sequence: 2 };
      const { legs } = assemble([
        rang('1001', { ...inQueue, ...stopped }),
        rang('1007', { ...inQueue, ...picked }),
        takenOver('1001'),
      ]);
      expect(legs).toMatchObject([{ agent: '1007', answered: true, queue: 'support' }]);
    }
  );

  it('did not talk when somebody picked up a call that the dialplan had answered before', () => {
    const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
    const ring = { answerTime: noon, endTime: noon + 5000, duration: 5, billableSeconds: 5 };
    const times = { startTime: noon + 5000, answerTime: noon + 5000, endTime: noon + 9000 };
    const { call, legs, visits } = assemble([
      rang('1001', { ...inQueue, ...ring }),
      rang('1007', { ...inQueue, ...times, duration: 4, billableSeconds: 4, sequence: 2 }),
      takenOver('1001'),
    ]);
    expect(legs).toMatchObject([{ agent: '1007', talkTime: 4 }]);
    expect(visits).toMatchObject([{ agent: '1007', waitTime: 5, talkTime: 4 }]);
    expect(call).toMatchObject({ agent: '1007', talkTime: 4, transfers: 0 });
  });

  it('did not answer where Asterisk says so a second before somebody picked the call up', () => {
    const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
    const moment = { answerTime: noon + 4000, endTime: noon + 4000, duration: 4, billableSeconds: 0 };
    const picked = { startTime: noon + 5000, answerTime: noon + 5000, sequence: 2 };
    const { legs } = assemble([rang('1001', { ...inQueue, ...moment }), rang('1007', { ...inQueue, ...picked })]);
    expect(legs).toMatchObject([{ agent: '1007', queue: 'support' }]);
  });

  it('did where DialEnd says NOANSWER, and did not where it says CANCEL', () => {
    const record = rang('1002', unanswered);
    const ended = (dialStatus: string) =>
      queueEvent('DialEnd', 9, { memberChannel: record.destinationChannel, dialStatus });
    expect(assemble([record], [ended('CANCEL')]).legs).toEqual([]);
    expect(assemble([record], [ended('NOANSWER')]).legs).toMatchObject([{ agent: '1002', answered: false }]);
  });
});

describe('what the events of a queue tell', () => {
  const joined = queueEvent('QueueCallerJoin', 0, {
    caller: {
      channel: 'PJSIP/trunk-acme-00000001',
      number: '5551234',
      name: '',
      context: 'from-trunk',
      extension: '200',
    },
  });
  const rang = queueEvent('AgentCalled', 0);

  it('is not guessed besides: a record of a ring that another answered, or that the caller left, is no leg', () => {
    const left = queueEvent('QueueCallerAbandon', 4, { holdTime: 4 });
    expect(assemble([unansweredQueueRecord()], [joined, rang, left]).legs).toEqual([]);
  });

  it('makes a call of a caller who left no record, and the record that comes later takes its place', () => {
    const left = queueEvent('QueueCallerAbandon', 4, { holdTime: 4 });
    expect(assemble([], [joined]).call).toBeNull();
    expect(assemble([], [joined, left]).call).toMatchObject({
      ...{ outcome: 'abandoned', source: '5551234', destination: '200', direction: 'inbound' },
      ...{ startTime: noon, endTime: noon + 4000, waitTime: 4, records: 0, queue: 'support' },
    });
    expect(assemble([unansweredQueueRecord()], [joined, left]).call).toMatchObject({
      outcome: 'abandoned',
      records: 1,
    });
  });

  it('makes a call of a talk that left no record once its caller has hung up', () => {
    const talks = [joined, queueEvent('AgentConnect', 3, { holdTime: 3 })];
    expect(assemble([], talks).call).toBeNull();
    expect(assemble([], [...talks, queueEvent('Hangup', 20, { queue: '' })]).call).toMatchObject({
      ...{ outcome: 'answered', source: '5551234', agent: '1001', queue: 'support' },
      ...{ startTime: noon, answerTime: noon + 3000, endTime: noon + 20_000, duration: 20, waitTime: 3 },
    });
  });

  it('is no answer where the member hung up during the announcement to him', () => {
    const record = cdrRecord({ queue: 'support', lastApplication: 'Queue', answerTime: noon });
    const { call, legs } = assemble(
      [record],
      [joined, rang, queueEvent('AgentDump', 2), queueEvent('QueueCallerAbandon', 9, { holdTime: 9 })]
    );
    expect(call).toMatchObject({ outcome: 'abandoned', talkTime: 0 });
    expect(legs).toEqual([]);
  });

  it('is one visit where only AgentComplete of it was heard', () => {
    const complete = queueEvent('AgentComplete', 20, { holdTime: 5, talkTime: 12 });
    expect(assemble([], [complete])).toMatchObject({
      visits: [{ visitOutcome: 'answered', joinTime: noon + 3000, waitTime: 5, talkTime: 12, agent: '1001' }],
      legs: [{ agent: '1001', answered: true, talkTime: 12 }],
    });
  });

  it('counts the service level by the moment of the answer, not by the end of an announcement', () => {
    const [called, connect] = [rang, queueEvent('AgentConnect', 9, { holdTime: 9, ringTime: 2 })];
    expect(assemble([], [joined, called, connect]).visits).toMatchObject([{ waitTime: 9, answerDelay: 2 }]);
    expect(assemble([], [joined, connect]).visits).toMatchObject([{ waitTime: 9, answerDelay: 9 }]);
    const heardLate = { ...joined, at: joined.at + 5000 };
    expect(assemble([], [heardLate, { ...called, at: called.at + 5000 }, connect]).visits).toMatchObject([
      { waitTime: 9, answerDelay: 7 },
    ]);
    const before = queueEvent('AgentCalled', 0, { memberUniqueId: 'before' });
    const again = queueEvent('AgentCalled', 5);
    expect(assemble([], [joined, before, again, connect]).visits).toMatchObject([{ waitTime: 9, answerDelay: 7 }]);
  });

  it('leaves a record no visit where they were heard all through it', () => {
    const full = unansweredQueueRecord({ destinationChannel: '', agent: '', queueEventsHeard: true });
    expect(assemble([full]).visits).toEqual([]);
    expect(assemble([{ ...full, queueEventsHeard: false }]).visits).toHaveLength(1);
  });
});

it('rings of a member whose channel no event names are as many as Asterisk counts', () => {
  const rung = { memberUniqueId: '', memberChannel: '' };
  const twice = [0, 5].flatMap((second) => [
    queueEvent('AgentCalled', second, rung),
    queueEvent('AgentRingNoAnswer', second + 3, { ...rung, ringTime: 3 }),
  ]);
  const missed = { agent: '1001', answered: false };
  expect(assemble([], twice).legs).toMatchObject([missed, missed]);
  const uncalled = twice.filter(({ name }) => name === 'AgentRingNoAnswer');
  expect(assemble([], uncalled).legs).toMatchObject([missed, missed]);
  const connect = queueEvent('AgentConnect', 12, { ...rung, holdTime: 12, ringTime: 2 });
  const talk = [connect, queueEvent('AgentComplete', 20, { ...rung, talkTime: 8 })];
  expect(assemble([], [...twice, ...talk]).legs).toMatchObject([missed, missed, { answered: true, talkTime: 8 }]);
});

it('a caller who leaves a queue and joins it again within a millisecond has visited it twice', () => {
  const events = ['QueueCallerJoin', 'QueueCallerLeave', 'QueueCallerJoin', 'QueueCallerLeave'] as const;
  const { visits } = assemble(
    [],
    events.map((name, arrival) => queueEvent(name, 0, { arrival }))
  );
  expect(visits).toHaveLength(2);
});

it('talk begins when a person answers, not with Answer() of the dialplan', () => {
  const answeredByIvr = cdrRecord({ answerTime: noon, duration: 10, billableSeconds: 10 });
  const answer = queueEvent('DialEnd', 7, { memberChannel: answeredByIvr.destinationChannel });
  const { call, legs } = assemble([answeredByIvr], [answer]);
  expect(call).toMatchObject({ talkTime: 3, ringTime: 7, answerTime: noon + 7000 });
  expect(legs).toMatchObject([{ talkTime: 3, ringTime: 7 }]);
});

it.each([
  ['to itself', ['1001', '1001']],
  ['to one another', ['1001', '1002']],
])('Local channels that lead %s in a circle end nowhere', (_, [one, other]) => {
  const circle = Array.from({ length: 200 }, (__, sequence) => {
    const [from, to] = sequence % 2 === 0 ? [one!, other!] : [other!, one!];
    return cdrRecord({ sequence, channel: member(from, 2), destinationChannel: member(to, 1), agent: to });
  });
  expect(assemble(circle)).toMatchObject({ call: { outcome: 'self-served' }, legs: [] });
});
