import { queueEvent } from '../../tests/support/cdr-builders';
import { QueueCallers } from './queue-callers';
import type { QueueEvent, QueueEventName } from './queue-event';

const placed = (...events: QueueEvent[]) => {
  const callers = new QueueCallers();
  return events.map((event) => callers.place(event));
};
const other = { uniqueId: 'changed.1', linkedId: 'changed.1' };
const event = (name: QueueEventName, seconds: number, more: Partial<QueueEvent> = {}) =>
  queueEvent(name, seconds, more);
const joined = event('QueueCallerJoin', 0);

describe('a queue event whose ids changed on the way', () => {
  it('belongs to the stay of the channel that rang the member', () => {
    const [, , connect] = placed(joined, event('AgentCalled', 1), event('AgentConnect', 3, { ...other, holdTime: 3 }));
    expect(connect).toMatchObject({ uniqueId: joined.uniqueId, linkedId: joined.linkedId });
  });

  it('belongs to the talk of that member in that queue that began TalkTime before', () => {
    const changed = { ...other, memberUniqueId: 'changed.2', talkTime: 8, holdTime: 3 };
    const complete = placed(joined, event('AgentConnect', 3, { holdTime: 3 }), event('AgentComplete', 11, changed)).at(
      -1
    );
    expect(complete).toMatchObject({
      uniqueId: joined.uniqueId,
      linkedId: joined.linkedId,
      memberUniqueId: expect.not.stringContaining('changed'),
    });
  });

  it('belongs to the wait in that queue that began HoldTime before', () => {
    const abandon = placed(joined, event('QueueCallerAbandon', 7, { ...other, holdTime: 7 })).at(-1);
    expect(abandon).toMatchObject({ uniqueId: joined.uniqueId });
  });

  it('is left alone where another queue, member or time is meant', () => {
    const connect = event('AgentConnect', 3, { holdTime: 3 });
    const strange: Array<Partial<QueueEvent>> = [
      { queue: 'sales', talkTime: 8 },
      { interface: 'PJSIP/1009', talkTime: 8 },
      { talkTime: 2 },
      { server: 'pbx-2', talkTime: 8 },
    ];
    for (const more of strange) {
      const complete = event('AgentComplete', 11, { ...other, memberUniqueId: 'changed.2', ...more });
      expect(placed(joined, connect, complete).at(-1)).toEqual(complete);
    }
  });

  it('belongs to that talk too where Asterisk names neither the caller nor the phone', () => {
    const incomplete = event('AgentComplete', 11, { uniqueId: '', linkedId: '', memberUniqueId: '', talkTime: 8 });
    const connect = event('AgentConnect', 3, { holdTime: 3 });
    expect(placed(joined, connect, incomplete).at(-1)).toMatchObject({
      uniqueId: joined.uniqueId,
      linkedId: joined.linkedId,
      memberUniqueId: connect.memberUniqueId,
    });
    const late = { ...incomplete, at: incomplete.at - 6000 };
    expect(placed(joined, connect, late).at(-1)).toMatchObject({ uniqueId: joined.uniqueId });
    expect(placed(incomplete)).toEqual([null]);
  });

  it('belongs to the one stay that began as long ago as it says where the answer was not heard either', () => {
    const ended = event('AgentComplete', 12, { uniqueId: '', linkedId: '', talkTime: 8, holdTime: 3 });
    const nameless = { ...ended, memberUniqueId: '' };
    expect(placed(joined, nameless).at(-1)).toMatchObject({ uniqueId: joined.uniqueId, linkedId: joined.linkedId });
    expect(placed(joined, { ...ended, memberUniqueId: 'unheard.1' }).at(-1)).toMatchObject({
      uniqueId: joined.uniqueId,
    });
    const second = event('QueueCallerJoin', 1, { uniqueId: 'second.1', linkedId: 'second.1' });
    expect(placed(joined, second, nameless).at(-1)).toBeNull();
    expect(placed(joined, { ...nameless, talkTime: 2 }).at(-1)).toBeNull();
  });

  it('stands under the phone’s channel where it names no caller and the talk’s beginning was not heard', () => {
    const incomplete = event('AgentComplete', 11, { uniqueId: '', memberUniqueId: 'phone.1', talkTime: 8 });
    expect(placed(incomplete)).toMatchObject([{ uniqueId: 'phone.1', linkedId: joined.linkedId }]);
  });

  it('keeps the linked id that the stay began with', () => {
    const complete = placed(joined, event('AgentConnect', 3), event('AgentComplete', 9, { linkedId: 'login.1' })).at(
      -1
    );
    expect(complete).toMatchObject({ linkedId: joined.linkedId });
  });
});

it('a PBX that starts again has hung up who waited and who talked', () => {
  const callers = new QueueCallers();
  [joined, event('AgentConnect', 3), event('QueueCallerJoin', 5, other)].forEach((one) => callers.place(one));
  const startedAt = joined.at + 60_000;
  const ended = callers.ended('pbx', startedAt).map(({ name, uniqueId, at }) => ({ name, uniqueId, at }));
  expect(ended).toEqual([
    { name: 'Hangup', uniqueId: joined.uniqueId, at: startedAt },
    { name: 'Hangup', uniqueId: other.uniqueId, at: startedAt },
  ]);
  expect(callers.ended('pbx', startedAt)).toEqual([]);
});

describe('a channel that Asterisk says has taken the place of another', () => {
  const later = { uniqueId: 'caller.9', linkedId: 'caller.9', memberUniqueId: 'changed.2' };

  it('is in its stay, whatever the times are', () => {
    const callers = new QueueCallers();
    [joined, event('AgentConnect', 3, { holdTime: 3 })].forEach((one) => callers.place(one));
    callers.replace('pbx', joined.uniqueId, 'half.8');
    callers.replace('pbx', 'half.8', 'caller.9');
    const complete = event('AgentComplete', 90, { ...later, talkTime: 2 });
    expect(callers.place(complete)).toMatchObject({ uniqueId: joined.uniqueId, linkedId: joined.linkedId });
  });

  it('is not where it took the place on another PBX, or nobody is named', () => {
    const callers = new QueueCallers();
    callers.place(joined);
    callers.replace('pbx-2', joined.uniqueId, 'caller.9');
    callers.replace('pbx', joined.uniqueId, '');
    const abandon = event('QueueCallerAbandon', 90, { ...later, holdTime: 2 });
    expect(callers.place(abandon)).toEqual(abandon);
  });
});

it('whose joining fell into a break is another caller than those who wait, unless of the same call', () => {
  const unheard = event('QueueCallerAbandon', 7, { ...other, holdTime: 7 });
  const afterBreak = (abandon: QueueEvent, at: number) => {
    const callers = new QueueCallers();
    callers.heard('pbx', joined.at - 60_000);
    callers.place(joined);
    callers.interrupted('pbx');
    callers.heard('pbx', at);
    return callers.place(abandon);
  };
  expect(afterBreak(unheard, joined.at + 2000)).toEqual(unheard);
  const ofCall = { ...unheard, linkedId: joined.linkedId };
  expect(afterBreak(ofCall, joined.at + 2000)).toMatchObject({ uniqueId: joined.uniqueId });
  expect(afterBreak(unheard, joined.at - 30_000)).toMatchObject({ uniqueId: joined.uniqueId });
});

describe('events of channels', () => {
  it('are dropped where a caller enters a bridge who does not wait', () => {
    const entered = event('BridgeEnter', 4);
    expect(placed(entered)).toEqual([null]);
    expect(placed(joined, entered).at(-1)).toEqual(entered);
    expect(placed(joined, event('AgentConnect', 3), entered).at(-1)).toBeNull();
    expect(placed(joined, event('QueueCallerAbandon', 3), entered).at(-1)).toBeNull();
  });

  it('are dropped where the channel was in no queue', () => {
    expect(placed(event('Hangup', 3))).toEqual([null]);
    expect(placed(joined, event('Hangup', 3)).at(-1)).toMatchObject({ name: 'Hangup' });
  });

  it('are dropped where a queue tells how its ring ended', () => {
    const rung = event('AgentCalled', 1);
    const ended = event('DialEnd', 4, { memberUniqueId: rung.memberUniqueId });
    expect(placed(joined, rung, ended).at(-1)).toBeNull();
    expect(placed(ended)).toEqual([ended]);
  });
});
