import { comparable, differencesOf, notFilled, QueueAudit, type AuditStretch, type StoredCounts } from './queue-audit';

const ofQueue = { interface: '', since: 0 };

const minute = 60_000;
const hour = 60 * minute;

/** An audit that has heard of the queue `support` of pbx-a: minute, completed and abandoned of each reading. */
function heard(...readings: Array<[at: number, completed: number, abandoned: number]>): QueueAudit {
  const audit = new QueueAudit();
  readings.forEach((reading) => hear(audit, ...reading));
  return audit;
}

function hear(audit: QueueAudit, at: number, completed: number, abandoned: number, queue = 'support'): boolean {
  const fields = { Queue: queue, Completed: String(completed), Abandoned: String(abandoned) };
  return audit.hear('pbx-a', 'QueueParams', fields, at * minute);
}

const growths = (audit: QueueAudit) =>
  audit
    .stretches(() => Infinity)
    .map(({ base, latest, completed, abandoned }) => [base.at / minute, latest.at / minute, completed, abandoned]);

describe('stretches', () => {
  it('are what counters grew from one reading to the last one', () => {
    expect(growths(heard([0, 10, 2], [30, 12, 2], [60, 15, 3]))).toEqual([[0, 60, 5, 1]]);
  });

  it('go on where the one before was compared', () => {
    const audit = heard([0, 10, 2], [60, 15, 3]);
    const stretches = audit.stretches(() => Infinity);
    hear(audit, 90, 16, 3);
    audit.compared(stretches);
    hear(audit, 120, 18, 3);
    expect(growths(audit)).toEqual([[60, 120, 3, 0]]);
  });

  it('begin anew where the PBX started again or its counters were reset', () => {
    const audit = heard([0, 10, 2], [60, 15, 3]);
    const [before] = audit.stretches(() => Infinity);
    expect(hear(audit, 70, 0, 0)).toBe(true);
    expect(growths(audit)).toEqual([]);
    audit.compared([before!]);
    hear(audit, 120, 4, 1);
    expect(growths(audit)).toEqual([[70, 120, 4, 1]]);
  });

  it('wait until what came with the reading is stored', () => {
    const audit = heard([0, 10, 2], [60, 15, 3]);
    expect(audit.stretches(() => 60 * minute - 1)).toEqual([]);
    expect(audit.stretches(() => 60 * minute)).toHaveLength(1);
  });

  it('are not held up by somebody who asks all the time', () => {
    const audit = heard([0, 0, 0]);
    Array.from({ length: 60 }, (_, second) => hear(audit, second / 60, second, 0));
    expect(growths(audit)).toEqual([[0, 50 / 60, 50, 0]]);
  });

  it('begin where a run before this one ended', () => {
    const audit = heard([60, 15, 3]);
    audit.recall([{ server: 'pbx-a', queue: 'support', ...ofQueue, completed: 10, abandoned: 3, at: 5 * minute }]);
    expect(growths(audit)).toEqual([[5, 60, 5, 0]]);
  });

  it('do not begin in a run before this one whose counters were larger', () => {
    const audit = heard([60, 4, 0]);
    audit.recall([{ server: 'pbx-a', queue: 'support', ...ofQueue, completed: 10, abandoned: 3, at: 5 * minute }]);
    expect(growths(audit)).toEqual([]);
    expect(audit.basesAfter([])).toMatchObject([{ completed: 4 }]);
  });

  it('are of ten thousand queues at most, and none is of what is no reading', () => {
    const audit = heard([0, 1, 1]);
    for (let n = 1; n < 11_000; n++) {
      hear(audit, 0, 0, 0, `queue ${n}`);
    }
    expect(audit.basesAfter([])).toHaveLength(10_000);
    const other = new QueueAudit();
    expect(other.hear('pbx-a', 'QueueParams', { Queue: 'a', Completed: '1e9', Abandoned: '0' }, 0)).toBe(false);
    expect(other.hear('pbx-a', 'QueueMember', { Queue: 'a', Completed: '1', Abandoned: '0' }, 0)).toBe(false);
    expect(other.hear('pbx-a', 'QueueMember', { Queue: 'a', Location: 'PJSIP/1', CallsTaken: 'many' }, 0)).toBe(false);
  });
});

describe('members', () => {
  interface Member {
    taken: number;
    queue?: string;
    member?: string;
    since?: number;
    lastCall?: number;
  }
  const say = (audit: QueueAudit, at: number, { taken, queue = 'support', member = 'PJSIP/1001', ...more }: Member) =>
    audit.hear(
      'pbx-a',
      'QueueMember',
      {
        ...{ Queue: queue, Location: member, CallsTaken: String(taken) },
        ...{ LoginTime: String(more.since ?? 1), LastCall: String(more.lastCall ?? 0) },
      },
      at * minute
    );
  const members = (audit: QueueAudit) =>
    audit
      .stretches(() => Infinity)
      .map(({ base, latest, completed, ofAnyQueue }) => [
        base.queue,
        base.at / minute,
        latest.at / minute,
        completed,
        ofAnyQueue,
      ]);
  const agentOf = (member: string): string => member.slice(member.indexOf('/') + 1);

  it('have counters of their own in each queue, beside the queue’s', () => {
    const audit = heard([0, 10, 2], [60, 12, 3]);
    say(audit, 0, { taken: 4 });
    say(audit, 60, { taken: 5 });
    expect(members(audit)).toEqual([
      ['support', 0, 60, 2, false],
      ['support', 0, 60, 1, false],
    ]);
  });

  it.each(['QueueMemberAdded', 'QueueMemberRemoved'])('begin to count again at %s', (name) => {
    const audit = new QueueAudit();
    say(audit, 0, { taken: 3 });
    audit.hear('pbx-a', name, { Queue: 'support', Interface: 'PJSIP/1001' }, 30 * minute);
    say(audit, 60, { taken: 5 });
    expect(members(audit)).toEqual([]);
    say(audit, 120, { taken: 6 });
    expect(members(audit)).toEqual([['support', 60, 120, 1, false]]);
  });

  it('begin to count again where nobody heard that they were added anew, in this run and since the one before', () => {
    const audit = new QueueAudit();
    say(audit, 0, { taken: 3, since: 100 });
    say(audit, 60, { taken: 5, since: 200 });
    audit.recall([
      { server: 'pbx-a', queue: 'support', interface: 'PJSIP/1001', since: 100, completed: 1, abandoned: 0, at: 0 },
    ]);
    expect(members(audit)).toEqual([]);
  });

  it('count talks in all their queues where their last talk ended in two at once, and nobody else does', () => {
    const shared = new QueueAudit();
    const apart = new QueueAudit();
    for (const queue of ['support', 'sales']) {
      say(shared, 0, { queue, taken: 1, lastCall: 90 });
      say(shared, 60, { queue, taken: 2, lastCall: 3600 });
      say(apart, 0, { queue, taken: 1, lastCall: queue === 'support' ? 80 : 90 });
      say(apart, 60, { queue, taken: 2, lastCall: queue === 'support' ? 3500 : 3600 });
    }
    const areShared = (audit: QueueAudit) => members(audit).map(([, , , , ofAnyQueue]) => ofAnyQueue);
    expect(areShared(shared)).toEqual([true, true]);
    expect(areShared(apart)).toEqual([false, false]);
    shared.hear('pbx-a', 'QueueMemberRemoved', { Queue: 'sales', Interface: 'PJSIP/1001' }, 61 * minute);
    expect(areShared(shared)).toEqual([true]);
  });

  it('who count talks in all their queues are compared once', () => {
    const audit = new QueueAudit();
    for (const [queue, taken] of [
      ['support', 1],
      ['sales', 2],
      ['repairs', 0],
    ] as const) {
      say(audit, 0, { queue, taken: 0 });
      say(audit, 60, { queue, taken, lastCall: 3600 });
    }
    const [one, ...others] = comparable(
      audit.stretches(() => Infinity),
      agentOf
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({ agent: '1001', stretch: { base: { queue: 'sales' }, ofAnyQueue: true } });
    const none = { answeredLeast: 0, answeredMost: 0, abandonedLeast: 0, abandonedMost: 0 };
    expect(differencesOf(one!.stretch, { ...none, derived: 0, completes: 0, abandons: 0 }, '1001')).toMatchObject([
      { queue: '', agent: '1001', more: 2 },
    ]);
  });

  it('are compared by who they are, where they took a call and no other interface is the same agent', () => {
    const audit = heard([0, 10, 2], [60, 10, 2]);
    for (const [member, taken] of [
      ['PJSIP/1001', 1],
      ['PJSIP/1002', 0],
      ['PJSIP/1003', 2],
      ['SIP/1003', 3],
    ] as const) {
      say(audit, 0, { member, taken: 0 });
      say(audit, 60, { member, taken });
    }
    const found = comparable(
      audit.stretches(() => Infinity),
      agentOf
    );
    expect(found.map(({ stretch, agent }) => [stretch.base.interface, agent])).toEqual([
      ['', ''],
      ['PJSIP/1001', '1001'],
    ]);
  });
});

describe('a difference', () => {
  const stretch: AuditStretch = heard([0, 10, 2], [60, 15, 5]).stretches(() => Infinity)[0]!;
  const asCounted: StoredCounts = {
    answeredLeast: 5,
    answeredMost: 5,
    abandonedLeast: 3,
    abandonedMost: 3,
    derived: 0,
    completes: 5,
    abandons: 3,
  };
  const found = (stored: Partial<StoredCounts>) =>
    differencesOf(stretch, { ...asCounted, ...stored }, '').map(({ outcome, more }) => [outcome, more]);

  it('is none where as many are stored as Asterisk counted', () => {
    expect(differencesOf(stretch, asCounted, '')).toEqual([]);
  });

  it('is what Asterisk counted and nobody heard, with its stretch', () => {
    expect(differencesOf(stretch, { ...asCounted, abandonedLeast: 0, abandonedMost: 0, abandons: 0 }, '')).toEqual([
      { server: 'pbx-a', queue: 'support', agent: '', outcome: 'abandoned', more: 3, startTime: 0, endTime: hour },
    ]);
  });

  it('is what is stored and neither counted nor heard', () => {
    expect(found({ answeredLeast: 7, answeredMost: 8 })).toEqual([['answered', -2]]);
  });

  it.each<[string, Partial<StoredCounts>]>([
    ['a talk at an end of the stretch', { answeredLeast: 3, answeredMost: 6, completes: 6 }],
    ['a talk that goes on after the agent passed it on', { answeredLeast: 4, answeredMost: 4, completes: 5 }],
    ['two talks of one member that Asterisk counts as one', { answeredLeast: 6, answeredMost: 6, completes: 6 }],
    ['a talk whose end was not heard', { answeredLeast: 4, completes: 4 }],
    ['a PBX that sends no queue events', { answeredLeast: 2, answeredMost: 2, derived: 2, completes: 0, abandons: 0 }],
  ])('is not made of %s', (_, stored) => {
    expect(found(stored)).toEqual([]);
  });

  it('says nothing any more once a gap of that PBX in that time is filled in', () => {
    const [difference] = differencesOf(stretch, { ...asCounted, answeredMost: 0, completes: 0, answeredLeast: 0 }, '');
    const gap = { server: 'pbx-a', startTime: 5 * minute, endTime: 6 * minute, reason: 'silent' as const };
    expect(notFilled([difference!], [gap])).toEqual([difference]);
    expect(notFilled([difference!], [{ ...gap, filled: true }])).toEqual([]);
    expect(notFilled([difference!], [{ ...gap, server: 'pbx-b', filled: true }])).toEqual([difference]);
  });
});
