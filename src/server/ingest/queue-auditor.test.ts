import type { Gap } from '../../cdr/gap';
import type { AuditStretch, QueueDifference, StoredCounts } from '../../cdr/queue-audit';
import type { QueueReading } from '../../cdr/queue-reading';
import { alone } from '../../store/sharing';
import { QueueAuditor } from './queue-auditor';

const minute = 60_000;
const nothing: StoredCounts = {
  answeredLeast: 0,
  answeredMost: 0,
  abandonedLeast: 0,
  abandonedMost: 0,
  derived: 0,
  completes: 0,
  abandons: 0,
};

describe('the queue auditor', () => {
  let asked: Array<{ stretch: AuditStretch; unbrokenSince: number; agent: string }>;
  let kept: { readings: readonly QueueReading[]; differences: QueueDifference[] };
  let found: QueueDifference[];
  let isOpen: boolean;
  let gaps: Gap[];
  let auditor: QueueAuditor;
  const store = {
    sharing: { ...alone, isShared: true },
    queueCounts: async (stretch: AuditStretch, unbrokenSince: number, agent: string) => {
      asked.push({ stretch, unbrokenSince, agent });
      return nothing;
    },
    gaps: async () => gaps,
    readings: async () => [...kept.readings],
    keepAudit: async (readings: readonly QueueReading[], differences: readonly QueueDifference[]) => {
      kept = { readings, differences: [...kept.differences, ...differences] };
    },
  };
  const start = () =>
    new QueueAuditor({
      agentOf: (member) => member.replace('PJSIP/', ''),
      clockOffset: () => 0,
      run: (task) => task(store),
      flush: async () => isOpen,
      onFound: (difference) => found.push(difference),
      onFailed: (error) => {
        throw error;
      },
    });
  const hear = (completed: number, abandoned: number) => {
    const fields = { Queue: 'support', Completed: String(completed), Abandoned: String(abandoned) };
    auditor.hear({ kind: 'event', server: 'pbx-a', name: 'QueueParams', fields, at: Date.now(), recovered: false });
  };
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    jest.useFakeTimers({ now: 60 * minute });
    asked = [];
    kept = { readings: [], differences: [] };
    found = [];
    isOpen = true;
    store.sharing.isHeld = true;
    gaps = [];
    auditor = start();
  });

  afterEach(async () => {
    await auditor.close();
    jest.useRealTimers();
  });

  it('keeps what Asterisk counted and nobody stored, once, some seconds after it was read', async () => {
    hear(10, 2);
    await pass(60 * minute);
    hear(10, 5);
    await pass(2_000);
    expect(found).toEqual([]);
    await pass(20 * minute);
    expect(found).toMatchObject([
      { queue: 'support', outcome: 'abandoned', more: 3, startTime: 60 * minute, endTime: 120 * minute },
    ]);
    expect(kept).toMatchObject({ readings: [{ completed: 10, abandoned: 5 }], differences: found });
  });

  it('keeps what Asterisk counted of a member and nobody stored of the agent', async () => {
    const hearMember = (taken: string) =>
      auditor.hear({
        ...{ kind: 'event', server: 'pbx-a', name: 'QueueMember', at: Date.now(), recovered: false },
        fields: { Queue: 'support', Location: 'PJSIP/1001', CallsTaken: taken, LoginTime: '5' },
      });
    hearMember('3');
    await pass(60 * minute);
    hearMember('4');
    await pass(20 * minute);
    expect(asked.map(({ agent }) => agent)).toEqual(['1001']);
    expect(found).toMatchObject([{ queue: 'support', agent: '1001', outcome: 'answered', more: 1 }]);
    expect(kept.readings).toMatchObject([{ interface: 'PJSIP/1001', since: 5, completed: 4 }]);
  });

  it('goes on in the next run where this one had compared up to', async () => {
    hear(10, 2);
    await pass(minute);
    await auditor.close();
    auditor = start();
    await auditor.recall();
    hear(11, 2);
    await pass(minute);
    expect(found).toMatchObject([{ outcome: 'answered', more: 1, startTime: 60 * minute, endTime: 61 * minute }]);
  });

  it('compares nothing while the store takes nothing, and all of it afterwards', async () => {
    hear(10, 2);
    isOpen = false;
    await pass(60 * minute);
    hear(12, 2);
    await pass(20 * minute);
    expect(asked).toEqual([]);
    isOpen = true;
    await pass(6 * minute);
    expect(found).toMatchObject([{ outcome: 'answered', more: 2 }]);
  });

  it('compares and keeps nothing while another process does, and goes on from where that one came to', async () => {
    store.sharing.isHeld = false;
    hear(10, 2);
    await pass(60 * minute);
    hear(12, 2);
    await pass(20 * minute);
    expect(asked).toEqual([]);
    expect(kept.readings).toEqual([]);
    // Meanwhile the other one compared those two.
    const at = Date.now();
    kept.readings = [
      { server: 'pbx-a', queue: 'support', interface: '', since: 0, completed: 12, abandoned: 2, at: at },
    ];
    store.sharing.isHeld = true;
    await auditor.takeOver();
    await pass(minute);
    hear(13, 2);
    await pass(6 * minute);
    expect(found).toMatchObject([{ outcome: 'answered', more: 1, startTime: at }]);
  });

  it('looks every five minutes at most, though somebody asks for queues all the time', async () => {
    for (let second = 0; second < 30 * 60; second++) {
      hear(second, 0);
      await pass(1_000);
    }
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.length).toBeLessThan(8);
  });

  it('takes talks without an end for ended in a gap, where they began before its end', async () => {
    hear(10, 2);
    const gap: Gap = { server: 'pbx-a', startTime: 70 * minute, endTime: 80 * minute, reason: 'disconnected' };
    gaps = [gap, { ...gap, server: 'pbx-b', endTime: 90 * minute }];
    await pass(60 * minute);
    hear(11, 2);
    await pass(minute);
    expect(asked).toMatchObject([{ unbrokenSince: 80 * minute }]);
  });
});
