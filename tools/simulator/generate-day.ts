import { Simulation, type SimulationOptions } from './simulation';
import type { TimedFrame } from './wire';

export interface DayOptions extends Partial<Omit<SimulationOptions, 'start'>> {
  /** Epoch milliseconds at which it begins. */
  start: number;
  /** How long it goes on; a day unless told otherwise. */
  hours?: number;
}

/**
 * All frames of a day at a call centre, in order of time. Nothing but the arguments decides about them. Calls that go on
 * beyond the end are cut off there.
 */
export function generateDay(seed: number, { hours = 24, ...options }: DayOptions): TimedFrame[] {
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
  return simulation.runUntil(options.start + hours * 3_600_000);
}
