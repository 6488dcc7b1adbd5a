import { decodeFrame } from '../src/amiws/decode-frame';
import { EventReader } from '../src/amiws/event-reader';
import { PbxClocks } from '../src/cdr/pbx-clocks';
import type { AmiEvent } from '../src/amiws/event';
import type { CallParts } from '../src/cdr/call-parts';
import { defaultDerivation } from '../tests/support/cdr-builders';
import { Simulation } from '../tools/simulator/simulation';

const sites = [0, 1, 2, 3] as const;
const servers = ['pbx-east', 'pbx-west'].map((name) => ({ name, zone: 'UTC' }));
/** Of a call, when it is busy: some ring more than one agent, some are transferred. */
const recordsPerCall = 1.58;

/** A frame as bytes, as the socket gives it. */
export interface SiteFrame {
  site: number;
  at: number;
  data: Buffer;
}

/** An event with what was read of it, under the names that all sites share: see `atSite`. */
export interface SiteEvent {
  site: number;
  event: AmiEvent;
  parts: CallParts;
}

export interface CallCenterOptions {
  /** Epoch milliseconds. */
  start: number;
  /** About so many; 27,400 make ten millions a year. */
  recordsPerDay: number;
}

/**
 * The simulator's call center four times over on the same two PBXes: 12 queues and 80 agents. Of ten calls six go to a
 * queue, the others are outbound, direct, internal, self-served or refused.
 */
export class CallCenter {
  private readonly simulations: Simulation[];
  private readonly readers = sites.map(
    () =>
      new EventReader({
        rules: defaultDerivation.rules,
        clocks: new PbxClocks(defaultDerivation),
        clockOffset: () => 0,
        onProblem: (problem, { fields }) => {
          throw new Error(`The simulator sent a record with the problem "${problem}": ${JSON.stringify(fields)}`);
        },
      })
  );

  constructor({ start, recordsPerDay }: CallCenterOptions) {
    const callsPerDay = recordsPerDay / recordsPerCall / sites.length / servers.length;
    const options = { servers, start, speed: 1, callsPerDay, abandonRate: 0.05, timestampEvents: true };
    this.simulations = sites.map((site) => new Simulation(site + 1, options));
  }

  /** What amiws sent since the last time, up to an instant. */
  runUntil(instant: number): SiteFrame[] {
    return sites.flatMap((site) =>
      this.simulations[site]!.runUntil(instant).map(({ at, frame }) => ({ site, at, data: Buffer.from(frame) }))
    );
  }

  /** Decodes and reads frames as the server part does. */
  read(frames: readonly SiteFrame[]): SiteEvent[] {
    return frames.flatMap(({ site, at, data }) => {
      const event = decodeFrame(data, at);
      return event.kind === 'event' ? [{ site, event, parts: this.readers[site]!.read(event) }] : [];
    });
  }
}
