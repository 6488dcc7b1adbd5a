import { meetsCondition, type Condition } from './conditions';
import type { Teams } from './directory';
import type { CdrFilters } from './filters';
import type { TeamTest } from './team-test';

/** Filters by teams as tests of agents: facts bear agents, who may change teams at any time. */
export function withoutTeams({ team, conditions, ...others }: CdrFilters, teams: Teams): CdrFilters {
  const ofTeams: Condition[] = [
    ...(team?.length ? [{ field: 'team' as const, operator: '=' as const, values: team }] : []),
    ...(conditions ?? []).filter(({ field }) => field === 'team'),
  ];
  const rest = conditions?.filter(({ field }) => field !== 'team');
  return {
    ...others,
    ...(rest && { conditions: rest }),
    ...(ofTeams.length > 0 && { teamTests: ofTeams.map((condition) => teamTest(condition, teams)) }),
  };
}

/** The values in both are agents' ids, which are not empty. */
function teamTest({ operator, values }: Condition, teams: Teams): TeamTest {
  const isNot = operator.startsWith('!');
  const plain: Condition = { field: 'team', operator: operator.endsWith('~') ? '=~' : '=', values };
  const passes = (team: string): boolean => meetsCondition(plain, [team]);
  return {
    agents: [...teams].filter(([, of]) => of.some(passes)).map(([agent]) => agent),
    noneOf: passes('') ? [...teams.keys()] : null,
    isNot,
  };
}
