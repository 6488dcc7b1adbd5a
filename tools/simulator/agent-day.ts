import type { DayCurve } from './day-curve';
import type { Pbx } from './pbx';
import type { Agent } from './staff';
import type { Script } from './timeline';

const hour = 3600;
/** Some give none. */
const reasons = ['Lunch', 'Break', 'Training', 'Meeting', ''] as const;
/** Goes home in a pause, and stays in it until the next day. */
const forgetful = '1006';

/** An agent comes, pauses now and then, and goes home; day after day. */
export function* agentDay(pbx: Pbx, agent: Agent, curve: DayCurve): Script {
  const { shift } = agent;
  for (;;) {
    const now = curve.hourAt(pbx.now);
    if (now < shift.from || now >= shift.to) {
      yield ((shift.from - now + 24) % 24) * hour;
    }
    logIn(pbx, agent);
    if (agent.isPaused) {
      setPaused(pbx, agent, false);
    }
    let left = (shift.to - curve.hourAt(pbx.now)) * hour;
    while (left > 0) {
      const work = Math.min(left, pbx.random.between(0.7, 2.5) * hour);
      const pause = Math.min(left - work, pbx.random.between(3, 25) * 60);
      yield work;
      if (pause > 0) {
        setPaused(pbx, agent, true, pbx.random.pick(reasons));
        yield pause;
        setPaused(pbx, agent, false);
      }
      left -= work + pause;
    }
    if (agent.extension === forgetful) {
      setPaused(pbx, agent, true, 'Break');
    } else if (shift.to - shift.from < 24) {
      agent.isLoggedIn = false;
      agent.queues.forEach((queue) => pbx.memberEvent('QueueMemberRemoved', queue, agent));
    }
    // A moment, so that the clock is past the shift's end whatever was rounded.
    yield 60;
  }
}

function logIn(pbx: Pbx, agent: Agent): void {
  if (!agent.isLoggedIn) {
    agent.isLoggedIn = true;
    agent.loginAt = pbx.now;
    agent.queues.forEach((queue) => pbx.memberEvent('QueueMemberAdded', queue, agent));
  }
}

function setPaused(pbx: Pbx, agent: Agent, isPaused: boolean, reason = ''): void {
  agent.isPaused = isPaused;
  agent.pausedReason = reason;
  agent.pausedAt = agent.isPaused ? pbx.now : agent.pausedAt;
  agent.queues.forEach((queue) => pbx.memberEvent('QueueMemberPause', queue, agent));
}
