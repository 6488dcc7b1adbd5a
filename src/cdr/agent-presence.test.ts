import { AgentPresence, type PresentAgent } from './agent-presence';

const agent = (overrides: Partial<PresentAgent> = {}): PresentAgent => ({
  server: 'pbx',
  agent: '1001',
  queues: ['support'],
  paused: false,
  pauseReason: '',
  wrapUp: false,
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

  it('ends a stretch when the reason of a pause changes', () => {
    const presence = new AgentPresence();
    const paused = (pauseReason: string) => agent({ paused: true, pauseReason });
    presence.update([paused('Lunch')], 1000, offsetOf);
    expect(presence.update([paused('Meeting')], 3000, offsetOf)).toMatchObject([
      { pauseReason: 'Lunch', endTime: 3000 },
    ]);
    expect(presence.update([], 4000, offsetOf)).toMatchObject([{ pauseReason: 'Meeting', startTime: 3000 }]);
  });

  it('ends a stretch when the queues change, whichever of them', () => {
    const presence = new AgentPresence();
    const of = (...queues: string[]) => agent({ queues });
    presence.update([of('sales', 'support')], 1000, offsetOf);
    expect(presence.update([of('sales', 'vip')], 2000, offsetOf)).toMatchObject([{ queues: ['sales', 'support'] }]);
    expect(presence.update([of('sales')], 3000, offsetOf)).toMatchObject([{ queues: ['sales', 'vip'] }]);
    expect(presence.update([of('sales', 'support')], 4000, offsetOf)).toMatchObject([{ queues: ['sales'] }]);
    expect(presence.update([of('sales', 'support')], 5000, offsetOf)).toEqual([]);
  });

  it('tells no stretch without a length', () => {
    const presence = new AgentPresence();
    expect(presence.update([agent()], 1000, offsetOf)).toEqual([]);
    expect(presence.update([agent({ paused: true })], 1000, offsetOf)).toEqual([]);
  });

  it('tells a stretch that goes on as it is so far, and cuts it by quarters of an hour without losing a moment', () => {
    const presence = new AgentPresence();
    const minute = 60_000;
    const spans = (at: number, soFar: boolean, agents = [agent()]) =>
      presence.update(agents, at * minute, offsetOf, soFar).map(({ startTime, endTime }) => [startTime, endTime]);
    expect(spans(1, true)).toEqual([]);
    expect(spans(2, true)).toEqual([[minute, 2 * minute]]);
    expect(spans(3, false)).toEqual([]);
    expect(spans(3, true)).toEqual([[minute, 3 * minute]]);
    expect(spans(16, true)).toEqual([[minute, 16 * minute]]);
    expect(spans(20, false, [])).toEqual([[16 * minute, 20 * minute]]);
  });

  it('keeps the agents of two PBXes apart', () => {
    const presence = new AgentPresence();
    presence.update([agent(), agent({ server: 'other' })], 1000, offsetOf);
    expect(presence.update([agent()], 2000, offsetOf)).toMatchObject([{ server: 'other' }]);
  });
});
