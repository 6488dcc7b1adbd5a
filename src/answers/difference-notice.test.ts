import type { QueueDifference } from '../cdr/queue-audit';
import { english } from '../sentences/english';
import { differenceNotices as noticesOf } from './difference-notice';

/** As they read in English. */
const differenceNotices = (...[differences, filters]: Parameters<typeof noticesOf>) =>
  noticesOf(differences, filters).map(({ severity, text }) => ({ severity, text: english(text) }));

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
        'Queue figures of this time range differ from the figures of Asterisk. ' +
        'pbx, queue support: Asterisk counted 3 more abandoned visits than are stored, between 2026-11-24 10:02:00 UTC and ' +
        '2026-11-24 10:05:00 UTC. pbx, queue support: Asterisk counted 1 answered visit fewer than is stored, between ' +
        '2026-11-24 10:02:00 UTC and 2026-11-24 10:05:00 UTC.',
    },
  ]);
});

test('differences of PBXes and queues that are filtered out make no notice', () => {
  expect(differenceNotices([difference], { server: ['pbx'], queue: ['support'] })).toHaveLength(1);
  expect(differenceNotices([difference], { server: ['other'] })).toEqual([]);
  expect(differenceNotices([difference], { queue: ['sales'] })).toEqual([]);
});

test('what Asterisk counted of a member is said of the agent, where answers are about that agent', () => {
  const ofAgent: QueueDifference = { ...difference, agent: '1001', outcome: 'answered', more: 1 };
  const [notice] = differenceNotices([ofAgent], { agent: ['1001'] });
  expect(notice!.text).toContain(
    'pbx, queue support, agent 1001: Asterisk counted 1 more answered visit than is stored, between'
  );
  expect(differenceNotices([ofAgent], {})).toHaveLength(1);
  const [ofAnyQueue] = differenceNotices([{ ...ofAgent, queue: '' }], {});
  expect(ofAnyQueue!.text).toContain('pbx, agent 1001: Asterisk counted 1 more answered visit than is stored, between');
  expect(differenceNotices([ofAgent], { agent: ['1002'] })).toEqual([]);
  expect(differenceNotices([difference], { agent: ['1002'] })).toHaveLength(1);
});

test('the latest three are named, and how many more there are', () => {
  const many = Array.from({ length: 5 }, (_, n) => ({ ...difference, queue: `q${n}` }));
  const [notice] = differenceNotices(many, {});
  expect(notice!.text).not.toContain('q1');
  expect(notice!.text).toContain('q4');
  expect(notice!.text).toContain('2 more differences are in this time range.');
});
