import fc from 'fast-check';
import { arbitraryParts } from '../../tests/support/arbitrary-parts';
import { cdrRecord, defaultRules, noon, queueEvent, unansweredQueueRecord } from '../../tests/support/cdr-builders';
import { elementsWalked } from '../../tests/support/elements-walked';
import { assembleCall } from './assemble-call';
import { mostCustomFields, mostEvents } from './call-bounds';
import { addParts, type CallParts } from './call-parts';
import type { CdrRecord } from './record';

const assemble = (records: CdrRecord[], events: CallParts['events'] = []) =>
  assembleCall({ records, events }, defaultRules);
const hangupRecord = (overrides: Partial<CdrRecord> = {}) =>
  cdrRecord({
    destinationChannel: '',
    agent: '',
    lastApplication: 'Hangup',
    duration: 0,
    billableSeconds: 0,
    ...overrides,
  });

describe('a direct call', () => {
  it('is answered by the person on the other channel', () => {
    expect(assemble([cdrRecord()]).call).toMatchObject({
      outcome: 'answered',
      agent: '1001',
      talkTime: 8,
      ringTime: 2,
      waitTime: 0,
      duration: 10,
      direction: 'inbound',
      records: 1,
    });
  });

  it.each([
    ['NO ANSWER', 'missed'],
    ['CANCEL', 'missed'],
    ['BUSY', 'busy'],
    ['CONGESTION', 'congestion'],
    ['FAILED', 'failed'],
  ])('with %s is %s, whatever a hang-up handler adds', (disposition, outcome) => {
    const records = [cdrRecord({ disposition, answerTime: null, billableSeconds: 0 }), hangupRecord({ sequence: 2 })];
    expect(assemble(records).call).toMatchObject({ outcome, disposition, talkTime: 0, ringTime: null, agent: '' });
  });

  it('answered by an application only is self-served', () => {
    expect(
      assemble([cdrRecord({ destinationChannel: '', agent: '', lastApplication: 'Playback' })]).call?.outcome
    ).toBe('self-served');
  });

  it('that rang and then reached voicemail is missed', () => {
    const rang = cdrRecord({ disposition: 'NO ANSWER', billableSeconds: 0, answerTime: null });
    const voicemail = hangupRecord({
      sequence: 2,
      lastApplication: 'VoiceMail',
      startTime: noon + 10_000,
      duration: 20,
    });
    expect(assemble([rang, voicemail]).call?.outcome).toBe('missed');
  });

  it('with a disposition that nobody knows failed, and keeps the disposition', () => {
    expect(assemble([cdrRecord({ disposition: 'WEIRD' })]).call).toMatchObject({
      outcome: 'failed',
      disposition: 'WEIRD',
    });
  });
});

describe('a call of many legs', () => {
  it('counts overlapping talk once: a Local channel and the phone behind it', () => {
    const local = cdrRecord({ destinationChannel: 'Local/1001@from-queue-00000001;1', agent: '1001' });
    const phone = cdrRecord({ sequence: 2, channel: 'Local/1001@from-queue-00000001;2', uniqueId: 'x.2' });
    const { call } = assemble([local, { ...phone, linkedId: local.linkedId }]);
    expect(call).toMatchObject({ outcome: 'answered', talkTime: 8, records: 2, direction: 'inbound' });
  });

  it('adds the talk after a transfer', () => {
    const first = cdrRecord();
    const second = cdrRecord({
      sequence: 2,
      destinationChannel: 'PJSIP/1002-00000003',
      agent: '1002',
      startTime: noon + 10_000,
      answerTime: noon + 12_000,
      endTime: noon + 42_000,
      duration: 32,
      billableSeconds: 30,
    });
    expect(assemble([second, first]).call).toMatchObject({
      talkTime: 38,
      agent: '1001',
      agents: ['1001', '1002'],
      duration: 42,
    });
  });

  it('is outbound when it begins inside and leads outside', () => {
    const inside = cdrRecord({
      channel: 'PJSIP/1001-00000001',
      destinationChannel: 'PJSIP/1002-00000002',
      direction: 'internal',
    });
    expect(
      assemble([inside, cdrRecord({ sequence: 2, direction: 'outbound', startTime: noon + 1 })]).call?.direction
    ).toBe('outbound');
  });

  it('holds a thousand legs', () => {
    const records = Array.from({ length: 1000 }, (_, sequence) => cdrRecord({ sequence, startTime: noon + sequence }));
    expect(assemble(records).call).toMatchObject({ records: 1000, outcome: 'answered' });
  });
});

describe('a queue visit', () => {
  it('is answered with the hold and talk time that Asterisk tells', () => {
    const { visits, legs, call } = assemble(
      [unansweredQueueRecord({ sequence: 1 }), cdrRecord({ sequence: 2, lastApplication: 'Queue', queue: 'support' })],
      [
        queueEvent('QueueCallerJoin', 0),
        queueEvent('AgentCalled', 0),
        queueEvent('QueueCallerLeave', 2),
        queueEvent('AgentConnect', 2, { holdTime: 2, ringTime: 2 }),
        queueEvent('AgentComplete', 8, { holdTime: 2, talkTime: 6 }),
      ]
    );
    expect(visits).toMatchObject([
      { visitOutcome: 'answered', waitTime: 2, talkTime: 6, agent: '1001', derived: false },
    ]);
    expect(legs).toMatchObject([{ agent: '1001', queue: 'support', answered: true, ringTime: 2, talkTime: 6 }]);
    expect(call).toMatchObject({ outcome: 'answered', talkTime: 6, waitTime: 2, queue: 'support' });
  });

  it('is abandoned though the PBX answered the channel and left many records', () => {
    const { visits, call } = assemble(
      [unansweredQueueRecord(), hangupRecord({ sequence: 2, disposition: 'ANSWERED', startTime: noon + 10_000 })],
      [
        queueEvent('QueueCallerJoin', 0),
        queueEvent('QueueCallerAbandon', 10, { holdTime: 10 }),
        queueEvent('QueueCallerLeave', 10),
      ]
    );
    expect(visits).toMatchObject([{ visitOutcome: 'abandoned', waitTime: 10 }]);
    expect(call).toMatchObject({ outcome: 'abandoned', waitTime: 10, queues: ['support'] });
  });

  it('waits until something ends it', () => {
    expect(assemble([], [queueEvent('QueueCallerJoin', 0)])).toMatchObject({
      call: null,
      visits: [{ visitOutcome: 'waiting' }],
    });
  });

  it.each([
    ['a hang-up', [], [queueEvent('Hangup', 30)]],
    ['the records of its call', [hangupRecord()], []],
  ])('that never ended by itself, as when the PBX restarted, ends with %s', (_, records, events) => {
    expect(assemble(records, [queueEvent('QueueCallerJoin', 0), ...events]).visits).toMatchObject([
      { visitOutcome: 'left' },
    ]);
  });

  it('without a join began a hold time before AgentConnect', () => {
    const { visits } = assemble([], [queueEvent('AgentConnect', 40, { holdTime: 25 })]);
    expect(visits).toMatchObject([{ visitOutcome: 'answered', joinTime: noon + 15_000, waitTime: 25 }]);
  });

  it('joined twice before it ended is one, joined again afterwards is another', () => {
    const twice = [
      queueEvent('QueueCallerJoin', 0),
      queueEvent('QueueCallerJoin', 1),
      queueEvent('QueueCallerAbandon', 5),
    ];
    expect(assemble([], twice).visits).toHaveLength(1);
    expect(assemble([], [...twice, queueEvent('QueueCallerJoin', 9)]).visits).toHaveLength(2);
  });

  it('overflowing to another queue makes two visits of one call', () => {
    const { visits, call } = assemble(
      [hangupRecord()],
      [
        queueEvent('QueueCallerJoin', 0),
        queueEvent('QueueCallerLeave', 20),
        queueEvent('QueueCallerJoin', 20, { queue: 'sales' }),
        queueEvent('QueueCallerAbandon', 30, { queue: 'sales', holdTime: 10 }),
      ]
    );
    expect(visits.map(({ queue, visitOutcome }) => [queue, visitOutcome])).toEqual([
      ['support', 'left'],
      ['sales', 'abandoned'],
    ]);
    expect(call).toMatchObject({ outcome: 'abandoned', queue: 'sales', queues: ['support', 'sales'], waitTime: 30 });
  });

  it('is told from records, and says so, where no queue events came', () => {
    const rings = [
      unansweredQueueRecord({ sequence: 1, endTime: noon + 4000 }),
      unansweredQueueRecord({ sequence: 2, endTime: noon + 12_000 }),
    ];
    expect(assemble(rings).visits).toMatchObject([{ derived: true, visitOutcome: 'abandoned', waitTime: 12 }]);
    const answered = cdrRecord({ sequence: 3, lastApplication: 'Queue', queue: 'support' });
    expect(assemble([...rings, answered]).visits).toMatchObject([
      { derived: true, visitOutcome: 'answered', waitTime: 2, talkTime: 8, agent: '1001' },
    ]);
  });
});

describe('an agent', () => {
  it('is handed a FreePBX call once, though the Local channel leaves a Dial record of its own', () => {
    const { legs } = assemble(
      [cdrRecord({ channel: 'Local/1001@from-queue-00000001;2', uniqueId: 'x.2', linkedId: `${noon / 1000}.1` })],
      [
        queueEvent('AgentCalled', 0, { interface: 'Local/1001@from-queue/n' }),
        queueEvent('AgentConnect', 2, { interface: 'Local/1001@from-queue/n', ringTime: 2 }),
        queueEvent('AgentComplete', 10, { interface: 'Local/1001@from-queue/n', talkTime: 8 }),
      ]
    );
    expect(legs).toMatchObject([{ agent: '1001', answered: true, talkTime: 8 }]);
  });

  it('whose phone stopped because another answered first has not missed a ring', () => {
    const other = { interface: 'PJSIP/1002', memberUniqueId: 'x.3' };
    const { legs } = assemble(
      [],
      [queueEvent('AgentCalled', 0), queueEvent('AgentCalled', 0, other), queueEvent('AgentConnect', 2, other)]
    );
    expect(legs.map(({ agent, answered }) => [agent, answered])).toEqual([['1002', true]]);
  });

  it('who lets it ring has', () => {
    const { legs } = assemble([], [queueEvent('AgentCalled', 0), queueEvent('AgentRingNoAnswer', 4, { ringTime: 4 })]);
    expect(legs).toMatchObject([{ agent: '1001', answered: false, ringTime: 4 }]);
  });
});

describe('any parts', () => {
  const oneCall = (parts: CallParts): CallParts => ({
    records: parts.records.map((record) => ({ ...record, server: 'pbx', linkedId: 'x' })),
    events: parts.events.map((event) => ({ ...event, server: 'pbx', linkedId: 'x' })),
  });
  const none: CallParts = { records: [], events: [] };

  it('give the same call in any order and however often they come', () => {
    fc.assert(
      fc.property(arbitraryParts.map(oneCall), fc.infiniteStream(fc.nat()), (parts, order) => {
        const once = addParts(none, parts).parts;
        const rank = new Map(
          [...parts.records, ...parts.events].map((part) => [part as object, order.next().value as number])
        );
        const shuffled: CallParts = {
          records: [...parts.records].sort((a, b) => rank.get(a)! - rank.get(b)!),
          events: [...parts.events].sort((a, b) => rank.get(a)! - rank.get(b)!),
        };
        const twice = addParts(addParts(none, shuffled).parts, parts).parts;
        expect(assembleCall(twice, defaultRules)).toEqual(assembleCall(once, defaultRules));
      })
    );
  });
});

describe('a call of more parts than any call has', () => {
  it.each([
    ['', 'AgentRingNoAnswer', {}],
    [' without a channel', 'AgentDump', { memberUniqueId: '' }],
  ] as const)('is assembled of as many events of one phone%s as a call may have', (_, name, without) => {
    const rings = Array.from({ length: mostEvents }, (__, n) => queueEvent(name, n, without));
    let legs: unknown[] = [];
    const walked = elementsWalked(() => ({ legs } = assemble([], rings)));
    expect(legs).toHaveLength(name === 'AgentDump' ? 0 : 1);
    // Some times over each event, and not all before it for each.
    expect(walked).toBeLessThan(50 * mostEvents);
  });

  it('has a bounded number of custom fields, however many its records have', () => {
    const labels = (record: number) =>
      Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`label ${record} ${n}`, 'x']));
    const records = Array.from({ length: 60 }, (_, n) => cdrRecord({ sequence: n, custom: labels(n) }));
    expect(Object.keys(assemble(records).call!.custom)).toHaveLength(mostCustomFields);
  });
});
