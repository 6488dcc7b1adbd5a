import { AgentPresence } from './agent-presence';
import type { AgentNow } from './queue-board';

const agent = (overrides: Partial<AgentNow> = {}): AgentNow => ({
  server: 'pbx',
  agent: '1001',
  queues: ['support'],
  paused: false,
  ...overrides,
});
const offsetOf = () => 3600;

describe('agent presence', () => {
  it('ends a stretch when the agent pauses, comes back and goes', () => {
    const presence = new AgentPresence();
    expect(presence.update([agent()], 1000, offsetOf)).toEqual([]);
    expect(presence.update([agent()], 2000, offsetOf)).toEqual([]);
    expect(presence.update([agent({ paused: true })], 3000, offsetOf)).toEqual([
      { ...agent(), startTime: 1000, endTime: 3000, utcOffset: 3600 },
    ]);
    expect(presence.update([], 5000, offsetOf)).toEqual([
      { ...agent({ paused: true }), startTime: 3000, endTime: 5000, utcOffset: 3600 },
    ]);
    expect(presence.update([], 6000, offsetOf)).toEqual([]);
  });

  it('cuts a stretch that goes on without losing a moment', () => {
    const presence = new AgentPresence();
    presence.update([agent()], 1000, offsetOf);
    const first = presence.update([agent()], 61_000, offsetOf, true);
    const second = presence.update([], 70_000, offsetOf);
    expect([...first, ...second].map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
      [1000, 61_000],
      [61_000, 70_000],
    ]);
  });

  it('keeps the agents of two PBXes apart', () => {
    const presence = new AgentPresence();
    presence.update([agent(), agent({ server: 'other' })], 1000, offsetOf);
    expect(presence.update([agent()], 2000, offsetOf)).toMatchObject([{ server: 'other' }]);
  });
});
