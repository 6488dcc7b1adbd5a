import { decodeFrame } from '../../src/amiws/decode-frame';
import { derivationOf } from '../../src/cdr/derivation';
import { Listener } from '../../src/listener/listener';
import { parseSettings } from '../../src/settings/settings';
import { parseCapture } from '../../tools/replay/parse-capture';
import { describeCuts } from './describe-cuts';
import { differences, talksCutShort } from './differences';
import type { Installation } from './installation';
import { isKnownTo } from './scenario';
import { expectedCalls, takeHour, type Ask, type Row, type ScriptedHour } from './scripted-hour';

/** Members that queues.conf names: queue_log has them by that. */
const named: Readonly<Record<string, string>> = { 'Grace Hopper': 'Local/1004@from-queue/n' };

const derivation = derivationOf(parseSettings({}));
const { member: agentOf } = derivation.rules;

/** `agent to target: blind attended`, as scenarios/transfers.ts plays them. */
const expectedTransfers: readonly string[] = [
  '1006 to 1007: 1 1',
  '1031 to attended-to: 0 1',
  '1033 to blind-to: 1 0',
  '1035 to half-to: 0 1',
];

/** Every figure of a scripted hour on a real Asterisk, live and from history, against Asterisk's own. */
export function describeHour(installation: Installation): void {
  describe(`after a scripted hour on ${installation.version}x`, () => {
    let hour: ScriptedHour;
    beforeAll(async () => {
      hour = await takeHour(installation);
    }, 1_800_000);
    afterAll(() => hour?.stop());

    describe.each(['live', 'ami', 'csv', 'table'] as const)('told %s', (source) => {
      const ask: Ask = (query) => hour[source](query);
      const differs = differences[source];

      it('every queue was offered, answered and abandoned what queue_log says', async () => {
        expect(await queuesOf(ask)).toEqual(
          loggedQueues(hour)
            .map(([queue, counts]) => [queue, queue in differs.queues ? differs.queues[queue] : counts])
            .filter(([, counts]) => counts !== null)
            .map(([queue, counts]) => `${queue}: ${counts}`)
            .sort()
        );
      });

      it('every agent handled and missed in each queue what queue_log says', async () => {
        expect(await agentsOf(ask)).toEqual(
          [
            ...loggedAgents(hour).filter(([queue]) => !(queue in differs.agents)),
            ...Object.entries(differs.agents).flatMap(([queue, lines]) => lines.map((line) => [queue, line] as const)),
          ]
            .map(([queue, line]) => `${queue}: ${line}`)
            .sort()
            .map((line) => expect.stringMatching(new RegExp(`^${line}$`)) as string)
        );
      });

      it('service levels are Asterisk’s own', async () => {
        const asked = async (serviceLevelDefinition: string): Promise<Map<string, number>> => {
          const rows = await ask({
            queryType: 'statistics',
            metrics: ['serviceLevelPct'],
            groupBy: ['queue'],
            serviceLevelDefinition,
            serviceLevelThreshold: 3,
          });
          return new Map(rows.map(({ queue, serviceLevelPct }) => [String(queue), Number(serviceLevelPct ?? 0)]));
        };
        const [first, second] = [await asked('asterisk'), await asked('asterisk2')];
        const isTold = (queue: string): boolean =>
          !queue.startsWith('restarted') && !differs.serviceLevels.includes(queue) && differs.queues[queue] !== null;
        const told = hour.asked.queues.filter(({ queue }) => isTold(queue));
        expect(
          told.map(({ queue }) => `${queue}: ${first.get(queue)?.toFixed(0)} ${second.get(queue)?.toFixed(0)}`)
        ).toEqual(
          told.map((params) => `${params.queue}: ${params.serviceLevel.toFixed(0)} ${params.serviceLevel2.toFixed(0)}`)
        );
      });

      it.each(expectedCalls.map((call) => [call.what, call] as const))('one call reads so: %s', async (_, call) => {
        const filters = call.source
          ? { source: call.source }
          : { destination: call.destination, direction: call.direction };
        const rows = await ask({ queryType: 'calls', filters });
        const isHeard = source === 'live' || source === 'ami';
        const agent = isHeard ? call.agent : (call.agentByRecords ?? call.agent);
        const { outcome, direction, queue } = call;
        expect(rows.map((row) => [row.outcome, row.direction, row.agent, row.queue].join(' '))).toEqual(
          isKnownTo(source, call) ? [[outcome, direction, agent, queue].join(' ')] : []
        );
      });
    });

    it.each(['records', 'calls'] as const)(
      'a login to the AMI of its own hears the same %s as through amiws',
      async (queryType) => {
        // Events of a call that has no record are told by when they arrive.
        const whole = queryType === 'records' ? (row: Row) => row : withoutTimes;
        const [live, ami] = [await hour.live({ queryType }), await hour.ami({ queryType })].map((rows) =>
          rows
            .filter(({ source }) => !heardInPart.test(String(source)))
            .map((row) => JSON.stringify(whole(row)))
            .sort()
        );
        expect(live!.length).toBeGreaterThan(30);
        expect(ami).toEqual(live);
      }
    );

    it('a login to the AMI of its own knows the same queues and agents at the same moment', () => {
      const { queues, agents } = hour.nowByAmi;
      expect(queues.map(withoutTimes)).toEqual(hour.queuesBefore.map(withoutTimes));
      expect(agents.map(withoutTimes)).toEqual(hour.agentsBefore.map(withoutTimes));
    });

    it.each(['log', 'logAndCsv'] as const)(
      'its queue_log, imported alone or beside Master.csv (%s), gives all its figures',
      async (source) => {
        const lineOf = ([queue, line]: readonly [string, string]): string => `${queue}: ${line}`;
        expect(await queuesOf(hour[source])).toEqual(loggedQueues(hour).map(lineOf).sort());
        const agents = loggedAgents(hour, source === 'log' ? {} : named);
        expect(await agentsOf(hour[source])).toEqual(agents.map(lineOf).sort());
      }
    );

    it('who is lost is who gave up in a queue by queue_log, each number once', async () => {
      const rows = await hour.live({ queryType: 'lostCallers' });
      const ofQueues = rows.filter(({ queue }) => queue !== '');
      // Of whom it has no abandon: one who left by a key, and one who waited when Asterisk crashed.
      const besides = ['5550235', '5550272'];
      expect(ofQueues.map(({ source }) => String(source)).sort()).toEqual([...hour.gaveUp, ...besides].sort());
    });

    it.each(['live', 'csv', 'table', 'log', 'logAndCsv'] as const)(
      'every agent transferred out of each queue what queue_log says, told %s',
      async (source) => {
        const rows = await hour[source]({
          queryType: 'statistics',
          metrics: ['blindTransfers', 'attendedTransfers'],
          groupBy: ['queue', 'agent'],
        });
        const told = rows
          .filter((row) => row.queue !== '' && Number(row.blindTransfers) + Number(row.attendedTransfers) > 0)
          .map((row) => `${row.queue}: ${row.agent} ${row.blindTransfers} ${row.attendedTransfers}`);
        expect(told.sort()).toEqual(loggedTransfers(hour).sort());
      }
    );

    it('calls were transferred to whom they were meant for, told live', async () => {
      const rows = await hour.live({
        queryType: 'statistics',
        metrics: ['blindTransfers', 'attendedTransfers'],
        groupBy: ['agent', 'transferTarget'],
      });
      const told = rows
        .filter((row) => Number(row.blindTransfers) + Number(row.attendedTransfers) > 0)
        .map((row) => `${row.agent} to ${row.transferTarget}: ${row.blindTransfers} ${row.attendedTransfers}`);
      expect(told.sort()).toEqual(expectedTransfers);
    });

    it('QueueStatus counts what queue_log says', () => {
      const before = hour.asked.queues.filter(({ queue }) => !queue.startsWith('restarted'));
      expect(before.map(({ queue, completed, abandoned }) => ({ queue, completed, abandoned }))).toEqual(
        before.map(({ queue }) => {
          const { answered: completed, abandoned } = hour.queueLog.get(queue)!;
          return { queue, completed, abandoned };
        })
      );
    });

    it('hold and talk times are Asterisk’s, within a second', async () => {
      const rows = await hour.live({
        queryType: 'statistics',
        metrics: ['averageSpeedOfAnswer', 'averageQueueTalkTime'],
        groupBy: ['queue'],
      });
      const wrong = rows.filter(({ queue, averageSpeedOfAnswer, averageQueueTalkTime }) => {
        const { holdTimes, talkTimes } = hour.queueLog.get(String(queue))!;
        return !isNear(averageSpeedOfAnswer, holdTimes) || !isNear(averageQueueTalkTime, talkTimes);
      });
      expect(wrong).toEqual([]);
    });

    it('the most callers who waited at once in each queue are those that Asterisk counted', async () => {
      const rows = await hour.live({ queryType: 'statistics', metrics: ['peakCallersWaiting'], groupBy: ['queue'] });
      const told = new Map(rows.map(({ queue, peakCallersWaiting }) => [queue, peakCallersWaiting]));
      expect(hour.mostWaiting.size).toBeGreaterThan(10);
      expect([...hour.mostWaiting].map(([queue]) => [queue, told.get(queue)])).toEqual([...hour.mostWaiting]);
    });

    it('the calls that nobody heard are missing by its own audit, in queue and agent, and no other', () => {
      const counted = hour.notices.flatMap(
        (text) => text.match(/pbx, queue [^:]*: Asterisk counted \S+ \S+ \S+/g) ?? []
      );
      expect(counted.sort()).toEqual([
        'pbx, queue unheard-answer, agent 1056: Asterisk counted 1 more answered',
        'pbx, queue unheard-answer: Asterisk counted 1 more answered',
        'pbx, queue unheard: Asterisk counted 1 more abandoned',
      ]);
    });

    it('nobody waits any more, and the member on a break is paused', () => {
      expect(hour.queuesBefore.filter(({ callersWaiting }) => callersWaiting !== 0)).toEqual([]);
      expect(hour.queuesBefore.filter(({ agentsPaused }) => agentsPaused !== 0)).toMatchObject([
        { queue: 'paused', agentsPaused: 1, agentsFree: 1 },
      ]);
    });

    it('who is paused now, for what and since when, is as QueueStatus says', () => {
      const paused = [...Map.groupBy(hour.asked.members, (member) => agentOf(member.interface))].filter(([, own]) =>
        own.every((member) => member.paused)
      );
      const told = hour.agentsBefore.filter(({ state }) => state === 'paused');
      expect(told.map(({ agent, pauseReason }) => [agent, pauseReason])).toEqual(
        paused.map(([agent, [member]]) => [agent, member!.pausedReason]).sort()
      );
      expect(told.map(({ agent }) => agent)).toContain('1048');
      const late = told.filter(({ agent, pausedSeconds }) => {
        const [, [member]] = paused.find(([one]) => one === agent)! as [string, typeof hour.asked.members];
        return Math.abs(hour.agentsAskedAt / 1000 - member!.lastPause - Number(pausedSeconds)) > 2;
      });
      expect(late).toEqual([]);
    });

    it.each(['live', 'log'] as const)(
      'paused time has the reason that the PAUSE line of queue_log has (%s)',
      async (source) => {
        const rows = await hour[source]({
          ...{ queryType: 'statistics', metrics: ['pausedTime'], groupBy: ['agent', 'pauseReason'] },
        });
        const reasons = new Set(
          rows.filter(({ pausedTime }) => Number(pausedTime) > 0).map((row) => `${row.agent} ${row.pauseReason}`)
        );
        const logged = hour.pauses.map(({ member, reason }) => `${agentOf(member)} ${reason || '(no reason)'}`);
        expect(logged).toContain('1048 lunch');
        expect(logged.filter((one) => !reasons.has(one))).toEqual([]);
      }
    );

    it('callers and agents of each queue are now as QueueSummary says', () => {
      expect(
        hour.queuesBefore.map(
          ({ queue, callersWaiting, longestWait, agentsFree, agentsBusy, agentsPaused, agentsInWrapUp }) => ({
            queue,
            callers: callersWaiting,
            longestHoldTime: longestWait ?? 0,
            loggedIn: Number(agentsFree) + Number(agentsBusy) + Number(agentsPaused) + Number(agentsInWrapUp),
            available: Number(agentsFree) + Number(agentsInWrapUp),
          })
        )
      ).toEqual(
        hour.asked.summaries
          .map(({ queue, callers, longestHoldTime, loggedIn, available }) => ({
            queue,
            callers,
            longestHoldTime,
            loggedIn,
            available,
          }))
          .sort((a, b) => (a.queue < b.queue ? -1 : 1))
      );
    });

    it('whose phones ring and who talks is at each moment what `core show channels` says', () => {
      const differing = hour.moments.flatMap(({ channels, calls }) => {
        const persons = channels.filter(({ name }) => !name.startsWith('Local/'));
        const agents = (some: typeof persons): string[] =>
          [...new Set(some.map(({ name }) => derivation.rules.agent(name)).filter(Boolean))].sort();
        const told = (field: string, some = calls): string[] =>
          [...new Set(some.flatMap((call) => String(call[field]).split(', ')))].filter(Boolean).sort();
        const bridged = persons.filter(({ bridge }) => bridge !== '');
        // A member behind a Local channel is rung before a phone is.
        const ringing = told('ringing').filter((one) => !one.startsWith('Local/'));
        const rings = agents(persons.filter(({ state, bridge }) => state === 'Ringing' && bridge === ''));
        const inPairs = agents(
          bridged.filter(({ bridge }) => bridged.filter((one) => one.bridge === bridge).length > 1)
        );
        const inTalks = calls.filter(({ state }) => state === 'talking' || state === 'on hold');
        const talks = [...told('agent', inTalks), ...told('callingAgent', inTalks)];
        const isSame =
          rings.join() === ringing.join() &&
          inPairs.every((agent) => talks.includes(agent)) &&
          talks.every((agent) => agents(bridged).includes(agent)) &&
          (persons.length === 0) === (calls.length === 0);
        return isSame ? [] : [{ channels, calls }];
      });
      expect(hour.moments.length).toBeGreaterThan(10);
      expect(hour.moments.some(({ calls }) => calls.some(({ state }) => state === 'talking'))).toBe(true);
      expect(differing).toEqual([]);
    });

    it('callers wait at each moment in the queues, places and for as long as QueueStatus says', () => {
      // No event tells the number of a caller whom a feature code puts behind the Local channel that waits: the transferer's stays.
      const shownNumber = (queue: unknown, number: unknown): string => (queue === 'half-to' ? '' : String(number));
      const told = hour.moments.map(({ callers }) =>
        callers.map((row) => `${row.queue} ${row.position} ${shownNumber(row.queue, row.source)}`).sort()
      );
      expect(told).toEqual(
        hour.moments.map(({ entries }) =>
          entries.map(({ queue, position, number }) => `${queue} ${position} ${shownNumber(queue, number)}`).sort()
        )
      );
      const waits = hour.moments.flatMap(({ callers, entries }) =>
        entries.map((entry) => [
          entry.wait,
          callers.find((row) => row.queue === entry.queue && row.position === entry.position)!.waitTime,
        ])
      );
      expect(waits.length).toBeGreaterThan(10);
      expect(waits.filter(([asterisk, own]) => Math.abs(Number(asterisk) - Number(own)) > 2)).toEqual([]);
    });

    it('hold and talk time of a queue with one call are QueueSummary’s, within a second', async () => {
      const rows = await hour.live({
        queryType: 'statistics',
        metrics: ['callsAnswered', 'callsAbandoned', 'averageSpeedOfAnswer', 'averageQueueTalkTime'],
        groupBy: ['queue'],
      });
      const told = new Map(rows.filter((row) => row.callsAnswered === 1).map((row) => [row.queue, row]));
      const single = hour.asked.summaries.filter(
        ({ queue }) => told.get(queue)?.callsAbandoned === 0 && !queue.startsWith('restarted')
      );
      expect(single.length).toBeGreaterThan(10);
      const differing = (
        field: 'averageSpeedOfAnswer' | 'averageQueueTalkTime',
        of: 'holdTime' | 'talkTime'
      ): string[] =>
        single.filter((summary) => !isNear(told.get(summary.queue)![field], [summary[of]])).map(({ queue }) => queue);
      expect(differing('averageSpeedOfAnswer', 'holdTime')).toEqual([]);
      const talks = differing('averageQueueTalkTime', 'talkTime');
      expect(talks.filter((queue) => !talksCutShort.includes(queue))).toEqual([]);
    });

    it('each member has taken the calls in each queue that are told of the agent', async () => {
      const rows = await hour.live({
        queryType: 'statistics',
        metrics: ['callsHandled'],
        groupBy: ['queue', 'agent'],
      });
      const told = new Map(rows.map((row) => [`${row.queue} ${row.agent}`, row.callsHandled]));
      const members = hour.asked.members.filter(
        ({ queue }) => !queue.startsWith('restarted') && differences.live.queues[queue] !== null
      );
      expect(
        members.map(
          ({ queue, interface: member }) => `${queue} ${member} ${told.get(`${queue} ${agentOf(member)}`) ?? 0}`
        )
      ).toEqual(members.map(({ queue, interface: member, callsTaken }) => `${queue} ${member} ${callsTaken}`));
    });

    describeCuts(() => hour);

    it('ten calls in a row that nobody answered are no gap, though no record of them came', () => {
      jest.useFakeTimers();
      const nothing = (): void => undefined;
      const listener = new Listener(derivation, {
        ...{ event: nothing, gap: nothing, restart: nothing, stretches: nothing, boardChanged: nothing },
        ...{ serverFound: nothing, badInput: nothing },
      });
      const frames = parseCapture(hour.framesOfNobody).map(({ at, data }) => decodeFrame(data, at));
      const ended = new Set<string>();
      frames.forEach((frame) => {
        listener.hear({ kind: 'frame', frame });
        if (frame.kind === 'event' && frame.name === 'Hangup') {
          ended.add(frame.fields.Linkedid!);
        }
      });
      jest.advanceTimersByTime(11 * 60_000);
      const gaps = listener.openGaps(0, Number.MAX_SAFE_INTEGER, Date.now());
      jest.useRealTimers();
      expect(frames.filter((frame) => frame.kind === 'event' && frame.name === 'Cdr')).toEqual([]);
      expect(ended.size).toBe(10);
      expect(gaps).toEqual([]);
    });
  });
}

/** Callers who came while amiws was away, or talked. */
const heardInPart = /^555025[1-4]$/;

/** A row without what is told by when an event arrives. */
function withoutTimes(row: Row): Row {
  const isTime = (name: string): boolean => /Time$|Seconds$|^(?:duration|longestWait)$/.test(name);
  return Object.fromEntries(Object.entries(row).filter(([name]) => !isTime(name)));
}

function isNear(average: unknown, seconds: readonly number[]): boolean {
  return seconds.length === 0
    ? average === null
    : Math.abs(Number(average) - seconds.reduce((sum, value) => sum + value, 0) / seconds.length) <= 1;
}

/** `queue: offered answered abandoned`. */
async function queuesOf(ask: Ask): Promise<string[]> {
  const rows = await ask({
    queryType: 'statistics',
    metrics: ['callsOffered', 'callsAnswered', 'callsAbandoned'],
    groupBy: ['queue'],
  });
  return rows.map((row) => `${row.queue}: ${row.callsOffered} ${row.callsAnswered} ${row.callsAbandoned}`).sort();
}

function loggedQueues({ queueLog }: ScriptedHour): Array<readonly [queue: string, line: string]> {
  return [...queueLog]
    .filter(([, { entered }]) => entered > 0)
    .map(([queue, { entered, answered, abandoned }]) => [queue, `${entered} ${answered} ${abandoned}`]);
}

/** `queue: agent handled missed`. */
async function agentsOf(ask: Ask): Promise<string[]> {
  const rows = await ask({
    queryType: 'statistics',
    metrics: ['callsHandled', 'ringNoAnswer'],
    groupBy: ['queue', 'agent'],
  });
  return rows
    .filter(({ queue }) => queue !== '')
    .map((row) => `${row.queue}: ${row.agent} ${row.callsHandled} ${row.ringNoAnswer}`)
    .sort();
}

/** `queue: agent blind attended`. */
function loggedTransfers({ queueLog }: ScriptedHour): string[] {
  return [...queueLog].flatMap(
    ([
      queue,
      {
        transfers: { blind, attended },
      },
    ]) =>
      [...new Set([...blind.keys(), ...attended.keys()])].map(
        (member) => `${queue}: ${agentOf(member)} ${blind.get(member) ?? 0} ${attended.get(member) ?? 0}`
      )
  );
}

/** @param interfaces of members by their names; where they are not known, the name stands for the agent */
function loggedAgents({ queueLog }: ScriptedHour, interfaces = named): Array<readonly [queue: string, line: string]> {
  return [...queueLog].flatMap(([queue, { connects, ringNoAnswers }]) =>
    [...new Set([...connects.keys(), ...ringNoAnswers.keys()])].map(
      (member) =>
        [
          queue,
          `${agentOf(interfaces[member] ?? member)} ${connects.get(member) ?? 0} ${ringNoAnswers.get(member) ?? 0}`,
        ] as const
    )
  );
}
