import { parseQueueLogLine } from './queue-log-line';
import { QueueLogMembers, type MembersState } from './queue-log-members';
import type { AgentStretch } from './agent-presence';

const start = 1_795_635_900;
const minute = 60;

/** Stretches in minutes from the beginning, as `agent queues from-to`, with * and the reason where paused. */
function told(lines: readonly string[], known?: MembersState) {
  const options = { server: 'pbx', agentOf: (_: string, member: string) => member, utcOffset: () => 0 };
  const members = new QueueLogMembers(options, known);
  const stretches: AgentStretch[] = lines.flatMap((text) => {
    const [at, rest] = [Number(/^\d+/.exec(text)![0]), text.replace(/^\d+ /, '')];
    const time = start + at * minute;
    return members.add(parseQueueLogLine(`${time}|NONE|${rest}`)!, time * 1000);
  });
  stretches.push(...members.soFar());
  const minutes = (instant: number): number => (instant / 1000 - start) / minute;
  const texts = stretches.map(
    ({ agent, queues, startTime, endTime, paused, pauseReason }) =>
      `${agent} ${queues.join('+')} ${minutes(startTime)}-${minutes(endTime)}${paused ? '*' : ''}${pauseReason}`
  );
  return { texts, members };
}

describe('agents by a queue_log', () => {
  it('are logged in from when they are added to queues until they are removed from the last one', () => {
    const { texts } = told([
      '1 one|A|ADDMEMBER|',
      '3 two|A|ADDMEMBER|',
      '5 one|A|REMOVEMEMBER|',
      '8 two|A|REMOVEMEMBER|',
      '9 one|NONE|CONFIGRELOAD|',
    ]);
    expect(texts).toEqual(['A one 1-3', 'A one+two 3-5', 'A two 5-8']);
  });

  it('are paused where they are in every queue', () => {
    const { texts } = told([
      '0 one|A|ADDMEMBER|PAUSED',
      '1 two|A|ADDMEMBER|',
      '2 two|A|PAUSE|Lunch',
      '4 NONE|A|UNPAUSEALL|',
      '6 NONE|A|PAUSEALL|Lunch',
      '7 one|A|UNPAUSE|',
    ]);
    expect(texts).toEqual([
      'A one 0-1*',
      'A one+two 1-2',
      'A one+two 2-4*Lunch',
      'A one+two 4-6',
      'A one+two 6-7*Lunch',
    ]);
  });

  it('are paused for the reason that was given last, where they are for several', () => {
    const { texts } = told([
      '0 600|A|ADDMEMBER|',
      '0 20|A|ADDMEMBER|',
      '1 600|A|PAUSE|Lunch',
      '2 20|A|PAUSE|Meeting',
      '3 600|A|PAUSE|Training',
      '4 600|A|REMOVEMEMBER|',
      '5 20|A|UNPAUSE|',
      '6 20|A|REMOVEMEMBER|',
    ]);
    expect(texts).toEqual([
      'A 20+600 0-2',
      'A 20+600 2-3*Meeting',
      'A 20+600 3-4*Training',
      'A 20 4-5*Meeting',
      'A 20 5-6',
    ]);
  });

  it('of queues.conf, who never log in, are known by their pauses', () => {
    expect(told(['1 one|A|PAUSE|', '4 one|A|UNPAUSE|', '9 one|A|UNPAUSE|']).texts).toEqual(['A one 1-4*']);
  });

  it('who log in to all their queues at once are in none by name', () => {
    expect(told(['1 NONE|A|AGENTLOGIN|PJSIP/1', '4 NONE|A|AGENTLOGOFF|PJSIP/1|180']).texts).toEqual(['A  1-4']);
  });

  it('have long shifts in quarters of an hour, as live ones', () => {
    const { texts } = told(['0 one|A|ADDMEMBER|', '20 one|B|RINGNOANSWER|1', '31 one|A|REMOVEMEMBER|']);
    const cuts = [...new Set(texts.map((text) => text.split(' ')[2]!))];
    expect(cuts).toHaveLength(3);
    expect(cuts[0]).toMatch(/^0-/);
    expect(cuts[2]).toMatch(/-31$/);
  });

  it('who never log out are gone a day after the last line about them, which is counted', () => {
    const { texts, members } = told([
      '0 one|A|ADDMEMBER|',
      '60 one|A|PAUSE|',
      '20000 one|B|ADDMEMBER|',
      '20001 one|B|REMOVEMEMBER|',
    ]);
    const ends = texts.filter((text) => text.startsWith('A')).map((text) => Number(/-(\d+)/.exec(text)![1]));
    expect(Math.max(...ends)).toBe(24 * 60 + 60 + 15);
    expect(members.neverEnded).toBe(1);
  });

  it('are known by a reading that goes on later', () => {
    const first = told(['1 one|A|ADDMEMBER|', '3 one|B|RINGNOANSWER|1']);
    expect(first.texts).toEqual(['A one 1-3']);
    expect(told(['5 one|A|REMOVEMEMBER|'], first.members.state).texts).toEqual(['A one 3-5']);
  });
});
