import type { AgentStretch } from './agent-presence';
import { joinStretches } from './join-stretches';

const quarter = 900_000;
const stretch = (from: number, to: number, changes: Partial<AgentStretch> = {}): AgentStretch => ({
  server: 'pbx',
  agent: '1001',
  queues: ['support'],
  startTime: from,
  endTime: to,
  paused: false,
  pauseReason: '',
  wrapUp: false,
  utcOffset: 0,
  ...changes,
});

test('the times that two processes saw an agent in are one, and others stay', () => {
  const other = stretch(100, 500, { agent: '1002' });
  expect(joinStretches([stretch(100, 400), stretch(300, 700), other])).toEqual([stretch(100, 700), other]);
  expect(joinStretches([stretch(100, 200), stretch(300, 700)])).toEqual([stretch(100, 200), stretch(300, 700)]);
});

test('no time counts twice where two saw a change at moments of their own', () => {
  const paused = { paused: true };
  const seen = [stretch(100, 400), stretch(400, 900, paused), stretch(120, 430), stretch(430, 700, paused)];
  expect(joinStretches(seen)).toEqual([stretch(100, 400), stretch(400, 900, paused)]);
});

test('a shift stays cut into quarters of an hour', () => {
  const seen = [stretch(0, quarter + 5), stretch(quarter + 5, quarter + 90), stretch(10, quarter + 20)];
  expect(joinStretches([...seen, stretch(quarter + 20, quarter + 80)])).toEqual([
    stretch(0, quarter + 5),
    stretch(quarter + 5, quarter + 90),
  ]);
});

test('pauses for two reasons are two', () => {
  const paused = (from: number, to: number, pauseReason: string) => stretch(from, to, { paused: true, pauseReason });
  const seen = [paused(100, 400, 'Lunch'), paused(400, 700, 'Meeting')];
  expect(joinStretches(seen)).toEqual(seen);
});
