import { Simulation, type SimulationOptions } from './simulation';
import type { TimedFrame } from './wire';

export interface DayOptions extends Partial<Omit<SimulationOptions, 'start'>> {
  /** Epoch milliseconds at which it begins. */
  start: number;
  /** How long it goes on; a day unless told otherwise. */
  hours?: number;
  hangsUp?: boolean;
}

/**
 * All frames of a day at a call center, in order of time. Nothing but the arguments decides about them. Calls that go on
 * beyond the end are cut off there: with `hangsUp` their channels end, as calls in progress show them.
 */
export function generateDay(seed: number, { hours = 24, hangsUp = false, ...options }: DayOptions): TimedFrame[] {
  const simulation = new Simulation(seed, {
    servers: [
      { name: 'pbx-east', zone: 'America/New_York' },
      { name: 'pbx-west', zone: 'America/Los_Angeles' },
    ],
    speed: 1,
    callsPerDay: 800,
    abandonRate: 0.08,
    timestampEvents: true,
    ...options,
  });
  const end = options.start + hours * 3_600_000;
  const frames = simulation.runUntil(end);
  if (hangsUp) {
    simulation.pbxes.forEach((pbx) => pbx.hangupAll());
  }
  return [...frames, ...simulation.runUntil(end)];
}
