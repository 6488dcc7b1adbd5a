import type { QueueDifference } from '../cdr/queue-audit';
import { differenceNotices } from './difference-notice';

const difference: QueueDifference = {
  server: 'pbx',
  queue: 'support',
  agent: '',
  outcome: 'abandoned',
  more: 3,
  startTime: Date.UTC(2026, 10, 24, 10, 2),
  endTime: Date.UTC(2026, 10, 24, 10, 5),
};

test('what Asterisk counted otherwise is said of its queue and time', () => {
  expect(differenceNotices([difference, { ...difference, outcome: 'answered', more: -1 }], {})).toEqual([
    {
      severity: 'warning',
      text:
        'Asterisk counted 3 more abandoned in support of pbx between 2026-11-24 10:02:00 UTC and 2026-11-24 10:05:00 UTC. ' +
        'Asterisk counted 1 fewer answered in support of pbx between 2026-11-24 10:02:00 UTC and 2026-11-24 10:05:00 UTC. ' +
        "Queue figures of that time differ from Asterisk's.",
    },
  ]);
});

test('differences of PBXes and queues that are filtered out are not told', () => {
  expect(differenceNotices([difference], { server: ['pbx'], queue: ['support'] })).toHaveLength(1);
  expect(differenceNotices([difference], { server: ['other'] })).toEqual([]);
  expect(differenceNotices([difference], { queue: ['sales'] })).toEqual([]);
});

test('what Asterisk counted of a member is said of the agent, where answers are about that agent', () => {
  const ofAgent: QueueDifference = { ...difference, agent: '1001', outcome: 'answered', more: 1 };
  const [notice] = differenceNotices([ofAgent], { agent: ['1001'] });
  expect(notice!.text).toContain('Asterisk counted 1 more answered by 1001 in support of pbx between');
  expect(differenceNotices([ofAgent], {})).toHaveLength(1);
  const [ofAnyQueue] = differenceNotices([{ ...ofAgent, queue: '' }], {});
  expect(ofAnyQueue!.text).toContain('Asterisk counted 1 more answered by 1001 of pbx between');
  expect(differenceNotices([ofAgent], { agent: ['1002'] })).toEqual([]);
  expect(differenceNotices([difference], { agent: ['1002'] })).toHaveLength(1);
});

test('the latest three are named, and how many more there are', () => {
  const many = Array.from({ length: 5 }, (_, n) => ({ ...difference, queue: `q${n}` }));
  const [notice] = differenceNotices(many, {});
  expect(notice!.text).not.toContain('q1');
  expect(notice!.text).toContain('q4');
  expect(notice!.text).toContain('There are 2 differences more.');
});
