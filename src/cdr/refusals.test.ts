import { cdrRecord, defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import { factRows } from './fact-rows';
import { queueEventFromFields } from './queue-event-from-fields';

const hangup = (fields: Record<string, string>, seconds = 4) =>
  queueEventFromFields(
    'pbx',
    'Hangup',
    { Uniqueid: `${noon / 1000}.2`, Linkedid: `${noon / 1000}.1`, Channel: 'PJSIP/1001-00000002', ...fields },
    noon + seconds * 1000,
    0
  )!;
const declined = hangup({ ChannelState: '5', Cause: '17' });
const unanswered = { answerTime: null, billableSeconds: 0, duration: 4, endTime: noon + 4000 };

/** What rings add to calls refused and rings without an answer. */
function counted(...[records, events]: [Parameters<typeof factRows>[1], ReturnType<typeof hangup>[]]) {
  const assembled = assembleCall({ records: [...records], events }, defaultRules);
  return factRows(assembled, records, { serviceLevelThreshold: 20 })
    .filter(({ fact }) => fact === 'leg')
    .map(({ agent, adds }) => [agent, adds.refused, adds.notAnswered]);
}

describe('a call that an agent declines', () => {
  it.each([
    ['busy', { disposition: 'BUSY' }, declined],
    ['rejected', { disposition: 'NO ANSWER' }, hangup({ ChannelState: '5', Cause: '21' })],
  ])('is refused, and no unanswered ring, where it came directly and the phone says %s', (_, record, end) => {
    expect(counted([cdrRecord({ ...unanswered, ...record })], [end])).toEqual([['1001', 1, 0]]);
  });

  it('is refused and an unanswered ring, as Asterisk counts it, where a queue rang, also behind a Local channel', () => {
    const queue = [
      queueEvent('QueueCallerJoin', 0),
      queueEvent('AgentCalled', 1),
      queueEvent('AgentRingNoAnswer', 4, { ringTime: 3 }),
    ];
    expect(counted([], [...queue, declined])).toEqual([['1001', 1, 1]]);
    const behind = { interface: 'Local/1001@from-queue/n', memberChannel: 'Local/1001@from-queue-00000001;1' };
    const local = queue.map((event) => (event.interface === '' ? event : { ...event, ...behind }));
    expect(counted([], [...local, declined])).toEqual([['1001', 1, 1]]);
  });

  it('is none where the phone was busy before it rang, rang in vain, or stopped since another one answered', () => {
    const busy = cdrRecord({ ...unanswered, disposition: 'BUSY' });
    expect(counted([busy], [hangup({ ChannelState: '0', Cause: '17' })])).toEqual([]);
    const noAnswer = cdrRecord({ ...unanswered, disposition: 'NO ANSWER' });
    expect(counted([noAnswer], [hangup({ ChannelState: '5', Cause: '26' })])).toEqual([['1001', 0, 1]]);
  });

  it('is none where a phone that a queue rang just ended', () => {
    const queue = [
      queueEvent('QueueCallerJoin', 0),
      queueEvent('AgentCalled', 1),
      queueEvent('AgentRingNoAnswer', 4, { ringTime: 3 }),
    ];
    const ended = { ...declined, dialStatus: '' };
    expect(counted([], [...queue, ended])).toEqual([['1001', 0, 1]]);
  });

  it('is another agent’s than the one who rang at the same time', () => {
    const queue = [
      queueEvent('QueueCallerJoin', 0),
      queueEvent('AgentCalled', 1, { interface: 'PJSIP/1002', memberUniqueId: `${noon / 1000}.3`, memberChannel: '' }),
      queueEvent('AgentRingNoAnswer', 4, {
        ...{ interface: 'PJSIP/1002', memberUniqueId: `${noon / 1000}.3`, memberChannel: '', ringTime: 3 },
      }),
    ];
    expect(counted([], [...queue, declined])).toEqual([['1002', 0, 1]]);
  });
});
