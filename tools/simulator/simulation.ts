import { agentDay } from './agent-day';
import { DayCurve } from './day-curve';
import { Pbx } from './pbx';
import { queueCall } from './queue-call';
import { Random } from './random';
import { directCall, internalCall, outboundCall, refusedCall, selfServedCall } from './simple-calls';
import { Timeline, type Script } from './timeline';
import { zoneOffset } from './wall-clock';
import type { TimedFrame } from './wire';

export interface SimulatedServer {
  name: string;
  /** IANA zone of its wall clock. */
  zone: string;
}

export interface SimulationOptions {
  servers: readonly SimulatedServer[];
  /** Epoch milliseconds. */
  start: number;
  /** Simulated seconds in a second; calls and pauses shrink with it. */
  speed: number;
  /** Of each server, in a simulated day. */
  callsPerDay: number;
  /** How many callers in a queue give up, 0 to 1. */
  abandonRate: number;
  /** Hour of the simulated day at the start; the servers' own where it is absent. */
  hourAtStart?: number;
  timestampEvents: boolean;
}

type CallScript = (pbx: Pbx, abandonRate: number) => Script;

const calls: ReadonlyArray<readonly [weight: number, script: CallScript]> = [
  [30, (pbx, abandonRate) => queueCall(pbx, 'support', abandonRate)],
  [18, (pbx, abandonRate) => queueCall(pbx, 'sales', abandonRate)],
  [14, (pbx, abandonRate) => queueCall(pbx, 'billing', abandonRate)],
  [8, directCall],
  [12, (pbx) => outboundCall(pbx)],
  [7, internalCall],
  [7, selfServedCall],
  [4, refusedCall],
];

/** A call center on some PBXes. All chance comes from the seed and all time from `runUntil`. */
export class Simulation {
  readonly pbxes: readonly Pbx[];
  abandonRate: number;
  private readonly timeline: Timeline;
  private frames: TimedFrame[] = [];

  constructor(seed: number, options: SimulationOptions) {
    const { start, speed } = options;
    this.abandonRate = options.abandonRate;
    this.timeline = new Timeline(start, speed);
    this.pbxes = options.servers.map(({ name, zone }, index) => {
      const pbxOptions = { server: name, zone, timestampEvents: options.timestampEvents };
      const random = new Random(seed * 7919 + index);
      const pbx = new Pbx(index + 1, pbxOptions, random, this.timeline, (frame) => this.frames.push(frame));
      const ownHour = (start / 3_600_000 + zoneOffset(start, zone) / 3_600) % 24;
      const curve = new DayCurve(start, options.hourAtStart ?? ownHour, speed);
      pbx.agents.forEach((agent) => this.timeline.start(agentDay(pbx, agent, curve)));
      this.timeline.start(this.arrivals(pbx, curve, options.callsPerDay));
      return pbx;
    });
  }

  /** What happened since the last time, up to an instant. */
  runUntil(instant: number): TimedFrame[] {
    this.timeline.runUntil(instant);
    const { frames } = this;
    this.frames = [];
    return frames;
  }

  /** Calls come at random, as many as the hour brings: those of the peak, thinned out. */
  private *arrivals(pbx: Pbx, curve: DayCurve, callsPerDay: number): Script {
    for (;;) {
      yield pbx.random.exponential(86_400 / (callsPerDay * curve.peak));
      if (pbx.random.chance(curve.loadAt(pbx.now) / curve.peak)) {
        this.timeline.start(pbx.random.weighted(calls)(pbx, this.abandonRate));
      }
    }
  }
}
