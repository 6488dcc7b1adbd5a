import type { MemberNow } from '../cdr/agent-standing';
import { withoutTeams } from '../cdr/without-teams';
import { parseQuery } from '../query/parse-query';
import { answerRows } from '../../tools/replay/answer-rows';
import { agentStatusAnswer } from './agent-status-answer';

const now = 1_795_633_000_000;
const teams = new Map([['1001', ['Front', 'Back']]]);
const member = (agent: string, more: Partial<MemberNow> = {}): MemberNow => ({
  ...{ server: 'pbx', queue: 'support', agent, phone: 'free', phoneSince: now - 10_000 },
  ...{ pausedSince: null, pauseReason: '', wrapUp: 0, restsUntil: null, ...more },
});
const members = [
  member('1001', { pausedSince: now - 60_000, pauseReason: 'Lunch' }),
  member('1001', { queue: 'sales' }),
  member('1002', { server: 'west', phone: 'busy' }),
];
const rows = (json: object = {}) => {
  const query = parseQuery({ queryType: 'agentStatus', ...json });
  return answerRows(agentStatusAnswer(members, { ...query, filters: withoutTeams(query.filters, teams) }, teams, now));
};

describe('the agents of this moment', () => {
  it('are a row each', () => {
    expect(rows()).toEqual([
      {
        ...{ agent: '1001', teams: 'Front, Back', state: 'free', stateSeconds: 10, pauseReason: '' },
        ...{ pausedSeconds: null, phone: 'free', queues: 'sales, support', servers: 'pbx' },
      },
      {
        ...{ agent: '1002', teams: '', state: 'busy', stateSeconds: 10, pauseReason: '' },
        ...{ pausedSeconds: null, phone: 'busy', queues: 'support', servers: 'west' },
      },
    ]);
  });

  it.each([
    [{ field: 'agent', operator: '!=', values: ['1001'] }, ['1002']],
    [{ field: 'server', operator: '=~', values: ['p.*'] }, ['1001']],
    [{ field: 'queue', operator: '=', values: ['sales'] }, ['1001']],
    [{ field: 'team', operator: '!=', values: ['Front'] }, ['1002']],
  ])('pass the ad hoc filter %j', (condition, agents) => {
    expect(rows({ filters: { conditions: [condition] } }).map(({ agent }) => agent)).toEqual(agents);
  });

  it('are paused in a queue that is filtered by where they are paused in that one', () => {
    expect(rows({ filters: { queue: ['support'], agent: ['1001'] } })).toMatchObject([
      { agent: '1001', state: 'paused', pauseReason: 'Lunch', pausedSeconds: 60, queues: 'support' },
    ]);
  });

  it.each([
    [{ team: ['Front'] }, ['1001']],
    [{ team: [''] }, ['1002']],
    [{ server: ['west'] }, ['1002']],
    [{ agent: ['1001'] }, ['1001']],
    [{ queue: ['billing'] }, []],
    [{ queue: ['support'], pauseReason: ['Lunch'] }, ['1001']],
    [{ pauseReason: ['Lunch'] }, []],
    [{ pauseReason: [''] }, ['1001', '1002']],
  ])('pass the filters %j', (filters, agents) => {
    expect(rows({ filters }).map(({ agent }) => agent)).toEqual(agents);
  });

  it('give an alert rule one number each', () => {
    expect(rows({ columns: ['pausedSeconds'], filters: { queue: ['support'] } })).toEqual([
      { agent: '1001', pausedSeconds: 60 },
      { agent: '1002', pausedSeconds: null },
    ]);
  });
});
