import type { QueueEventName } from '../cdr/queue-event';

/** What a caller does in a queue. */
export const stays = ['unknown', 'waits', 'gives up', 'left', 'talks', 'talked'] as const;
export type Stay = (typeof stays)[number];

/** Where each event leads, and where it usually comes from. Source: Asterisk, app_queue. */
const life: Partial<Record<QueueEventName, { to: Stay; from: readonly Stay[] }>> = {
  QueueCallerJoin: { to: 'waits', from: stays.filter((stay) => stay !== 'waits') },
  AgentCalled: { to: 'waits', from: ['waits'] },
  AgentRingNoAnswer: { to: 'waits', from: ['waits'] },
  QueueCallerAbandon: { to: 'gives up', from: ['waits'] },
  QueueCallerLeave: { to: 'left', from: ['waits', 'gives up'] },
  AgentConnect: { to: 'talks', from: ['left'] },
  AgentComplete: { to: 'talked', from: ['talks'] },
};

/** Where a caller stands after an event, and how odd it is there: 0 is as it should be. */
export function after(stay: Stay, name: QueueEventName): [Stay, oddity: number] {
  const usual = life[name];
  if (!usual) {
    return [stay, 0];
  }
  if (usual.from.includes(stay)) {
    return [usual.to, 0];
  }
  const isRing = usual.from.includes(usual.to);
  // The caller may be in the queue again before the end of his talk is told.
  const isLate = stay === 'waits' && name === 'AgentComplete';
  return [
    isLate || (isRing && stay !== 'unknown') ? stay : usual.to,
    stay === 'unknown' || usual.to === 'waits' ? 2 : 1,
  ];
}

/** Where an event leads from each of `stays`. */
export function waysOf(name: QueueEventName): readonly Way[] {
  const known = ways.get(name);
  if (known) {
    return known;
  }
  const all = stays.map((stay): Way => {
    const [to, oddity] = after(stay, name);
    return { to: stays.indexOf(to), oddity };
  });
  ways.set(name, all);
  return all;
}

interface Way {
  to: number;
  oddity: number;
}
const ways = new Map<QueueEventName, readonly Way[]>();
