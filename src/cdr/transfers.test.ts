import { cdrRecord, defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import type { QueueEvent, TransferDetails } from './queue-event';
import { queueLogEvents } from './queue-log-events';
import { parseQueueLogLine } from './queue-log-line';
import type { CdrRecord } from './record';

const phone = (agent: string): string => `PJSIP/${agent}-0000000a`;
const transferred = (name: 'BlindTransfer' | 'AttendedTransfer', at: number, details: Partial<TransferDetails> = {}) =>
  queueEvent(name, at, {
    memberChannel: 'PJSIP/1001-00000002',
    transfer: { result: 'Success', extension: '', targetChannel: '', consultUniqueId: '', ...details },
  });
/** 1001 answers a caller of support and talks until `end`. */
const answered = (end: number): QueueEvent[] => [
  queueEvent('QueueCallerJoin', 0),
  queueEvent('AgentConnect', 1, { holdTime: 1, ringTime: 1 }),
  queueEvent('AgentComplete', end, { holdTime: 1, talkTime: end - 1, endedBy: 'transfer' }),
];
const hungUp = queueEvent('Hangup', 60);
const intoSales = (at: number, more: Partial<QueueEvent> = {}): QueueEvent =>
  queueEvent('QueueCallerJoin', at, { queue: 'sales', ...more });
const fromTo = (from: number, to: number, more: Partial<CdrRecord> = {}): CdrRecord =>
  cdrRecord({
    ...{ startTime: noon + from * 1000, answerTime: noon + from * 1000, endTime: noon + to * 1000, sequence: from + 2 },
    ...{ duration: to - from, billableSeconds: to - from, ...more },
  });
const talkWith = (agent: string, from: number, to: number, more: Partial<CdrRecord> = {}): CdrRecord =>
  fromTo(from, to, { destinationChannel: phone(agent), agent, ...more });

const told = (events: QueueEvent[], records: CdrRecord[] = []): string[] =>
  assembleCall({ records, events }, defaultRules).transfers.map(
    ({ kind, agent, queue, targetKind, transferTarget, result }) =>
      `${kind} by ${agent || 'nobody'} of ${queue || 'no queue'} to ${targetKind} ${transferTarget}`.trim() +
      (result === 'Success' ? '' : `: ${result}`)
  );

describe('a blind transfer leads', () => {
  const blind = (extension = '502'): QueueEvent => transferred('BlindTransfer', 5, { extension });

  it('into the queue that the caller joins next', () => {
    expect(told([...answered(5), blind(), intoSales(6), hungUp])).toEqual(['blind by 1001 of support to queue sales']);
  });

  it('into the queue that he has just left', () => {
    const again = queueEvent('QueueCallerJoin', 5, { arrival: 1 });
    expect(told([...answered(5), blind(), again, hungUp])).toEqual(['blind by 1001 of support to queue support']);
  });

  it('to the agent whose phone rings next, whatever number was dialled', () => {
    expect(told([...answered(5), blind('107')], [talkWith('1007', 5, 9, { uniqueId: `${noon / 1000}.1` })])).toEqual([
      'blind by 1001 of support to agent 1007',
    ]);
  });

  it('to the number that was dialled where no queue and no agent follows', () => {
    expect(told([...answered(5), blind('+49301234567'), hungUp])).toEqual([
      'blind by 1001 of support to number +49301234567',
    ]);
  });

  it('where nobody knows, and counts', () => {
    const events = [...answered(5), blind(''), hungUp];
    expect(told(events)).toEqual(['blind by 1001 of support to unknown']);
    expect(assembleCall({ records: [talkWith('1001', 1, 5)], events }, defaultRules).call).toMatchObject({
      transfers: 1,
    });
  });

  it('no further than to the next transfer', () => {
    const second = transferred('BlindTransfer', 9, { extension: '503' });
    expect(told([...answered(5), blind(), { ...second, memberChannel: phone('1002') }, intoSales(12), hungUp])).toEqual(
      ['blind by 1001 of support to number 502', 'blind by 1002 of no queue to queue sales']
    );
  });

  it('nowhere when it fails', () => {
    const events = [...answered(20), transferred('BlindTransfer', 5, { extension: '999', result: 'Not Permitted' })];
    expect(told(events)).toEqual(['blind by 1001 of support to number 999: Not Permitted']);
    expect(assembleCall({ records: [talkWith('1001', 1, 20)], events }, defaultRules).call).toMatchObject({
      transfers: 0,
    });
  });

  it('nowhere when the caller is parked by it', () => {
    const parked = fromTo(5, 9, { destinationChannel: '', agent: '', lastApplication: 'Park' });
    expect(told([...answered(5), blind('700'), hungUp], [talkWith('1001', 1, 5), parked])).toEqual([]);
  });
});

describe('an attended transfer leads', () => {
  const attended = (details: Partial<TransferDetails>): QueueEvent => transferred('AttendedTransfer', 9, details);

  it('to the agent who was consulted', () => {
    expect(told([...answered(9), attended({ extension: '107', targetChannel: phone('1007') })])).toEqual([
      'attended by 1001 of support to agent 1007',
    ]);
  });

  it('into the queue that was called to consult, also where one of its agents answered', () => {
    const consult = { uniqueId: `${noon / 1000}.9` };
    const details = { extension: '502', targetChannel: phone('1007'), consultUniqueId: consult.uniqueId };
    expect(told([...answered(9), intoSales(6, consult), attended(details)])).toEqual([
      'attended by 1001 of support to queue sales',
    ]);
  });

  it('into the queue that was called through a Local channel, as by a feature code', () => {
    const caller = { channel: 'Local/502@internal-00000001;2', number: '1001', name: '', context: '', extension: '' };
    const consult = intoSales(6, { uniqueId: `${noon / 1000}.9`, caller });
    expect(told([...answered(9), consult, attended({ targetChannel: 'Local/502@internal-00000001;1' })])).toEqual([
      'attended by 1001 of support to queue sales',
    ]);
  });

  it('into the queue whose agent talks then, where Asterisk names no target', () => {
    const consult = { uniqueId: `${noon / 1000}.9`, queue: 'sales' };
    const taken = queueEvent('AgentConnect', 7, {
      ...{ ...consult, interface: 'PJSIP/1007', memberUniqueId: `${noon / 1000}.10`, holdTime: 1, ringTime: 1 },
    });
    expect(told([...answered(9), intoSales(6, consult), taken, attended({})])).toEqual([
      'attended by 1001 of support to queue sales',
    ]);
  });

  it('to the number of somebody outside', () => {
    const outside = { extension: '0301234567', targetChannel: 'PJSIP/trunk-acme-00000009' };
    expect(told([...answered(9), attended(outside)])).toEqual(['attended by 1001 of support to number 0301234567']);
  });

  it('from whoever talked then, where the event was stored without its details', () => {
    const old = queueEvent('AttendedTransfer', 9, { memberChannel: '', transfer: null });
    expect(told([...answered(9), old])).toEqual(['attended by 1001 of support to unknown']);
  });
});

describe('without events of the core', () => {
  const inSupport = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
  const inSales = { queue: 'sales', lastApplication: 'Queue', lastData: 'sales,t' };
  const first = talkWith('1001', 2, 10, inSupport);

  it('records tell a blind transfer by the queue or phone that follows the talk', () => {
    expect(told([], [first, talkWith('1002', 10, 15, inSales)])).toEqual(['blind by 1001 of support to queue sales']);
    expect(told([], [first, talkWith('1007', 10, 15, { destination: '1007' })])).toEqual([
      'blind by 1001 of support to agent 1007',
    ]);
  });

  it('records tell an attended one by another phone in the same application', () => {
    expect(told([], [first, talkWith('1007', 10, 15, inSupport)])).toEqual([
      'attended by 1001 of support to agent 1007',
    ]);
  });

  it('records tell one of whom an agent has called', () => {
    const channel = 'PJSIP/trunk-acme-00000009';
    const out = fromTo(2, 10, { channel: phone('1001'), destinationChannel: channel, agent: '' });
    const goesOn = talkWith('1007', 10, 20, { channel, uniqueId: `${noon / 1000}.2`, linkedId: out.linkedId });
    expect(told([], [out, goesOn])).toEqual(['blind by 1001 of no queue to agent 1007']);
  });

  it.each([
    ['a talk that is cut in two records with one agent', [first, talkWith('1001', 10, 15, inSupport)]],
    ['a talk that comes a while later', [first, talkWith('1007', 14, 20, inSales)]],
    [
      'a parked call that another phone takes',
      [
        first,
        fromTo(10, 13, { destinationChannel: '', agent: '', lastApplication: 'Park' }),
        talkWith('1007', 13, 20, inSupport),
      ],
    ],
    [
      'a call that is picked up',
      [talkWith('1001', 2, 4, { ...inSupport, billableSeconds: 0 }), talkWith('1007', 4, 9, inSupport)],
    ],
    [
      'a phone that forwards its call (302)',
      [
        fromTo(0, 2, { destinationChannel: phone('1001'), disposition: 'NO ANSWER', billableSeconds: 0 }),
        talkWith('1007', 2, 9),
      ],
    ],
    [
      'an announcement after the talk',
      [first, fromTo(10, 15, { destinationChannel: '', agent: '', lastApplication: 'Playback' })],
    ],
  ])('there is none in %s', (_, records) => {
    expect(told([], records)).toEqual([]);
  });

  it('there is none where the queue says that the agent hung up, and the dialplan went on', () => {
    const events = [
      queueEvent('QueueCallerJoin', 0),
      queueEvent('AgentConnect', 2, { holdTime: 2, ringTime: 2 }),
      queueEvent('AgentComplete', 10, { holdTime: 2, talkTime: 8, endedBy: 'agent' }),
    ];
    const records = [first, talkWith('1007', 10, 15, { destination: '1007' })];
    expect(told(events, records)).toEqual([]);
    expect(told([], records)).toHaveLength(1);
  });

  it('with events of the core there is none but those they tell', () => {
    const dialEnd = queueEvent('DialEnd', 2, { memberChannel: phone('1001') });
    expect(told([dialEnd], [first, talkWith('1007', 10, 15)])).toEqual([]);
  });
});

describe('a queue_log', () => {
  const id = `${noon / 1000}.1`;
  const read = (lines: string[]): QueueEvent[] =>
    lines.flatMap((text, arrival) => {
      const line = parseQueueLogLine(text)!;
      const context = { server: 'pbx', arrival, utcOffset: 0, interfaceOf: (_: string, name: string) => name };
      return queueLogEvents(line, { ...context, at: Number(line.time) * 1000 })!;
    });
  const time = (seconds: number): number => noon / 1000 + seconds;
  const talk = [
    `${time(0)}|${id}|support|NONE|ENTERQUEUE||5551234|1`,
    `${time(1)}|${id}|support|PJSIP/1001|CONNECT|1|${time(0)}.2|1`,
  ];

  it('tells a blind transfer and the number that was dialled', () => {
    const events = read([
      ...talk,
      `${time(5)}|${id}|support|PJSIP/1001|BLINDTRANSFER|502|internal|1|4|1`,
      `${time(5)}|${id}|sales|NONE|ENTERQUEUE||5551234|1`,
    ]);
    expect(told(events)).toEqual(['blind by 1001 of support to queue sales']);
  });

  it('tells an attended one, but not to whom', () => {
    const line = `${time(5)}|${id}|support|PJSIP/1001|ATTENDEDTRANSFER|BRIDGE|804f0f55|1|4|1`;
    expect(told(read([...talk, line]))).toEqual(['attended by 1001 of support to unknown']);
    const records = [talkWith('1001', 1, 5), talkWith('1007', 5, 9)];
    expect(told(read([...talk, line]), records)).toEqual(['attended by 1001 of support to agent 1007']);
  });
});
