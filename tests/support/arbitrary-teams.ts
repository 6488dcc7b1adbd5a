import fc from 'fast-check';
import type { Condition } from '../../src/cdr/conditions';
import type { Teams } from '../../src/cdr/directory';

const names = ['front', 'back', "o'brien; DROP TABLE call", '(?i)[^w]+'];

/** Teams of the agents that `arbitraryParts` has, and of one that is never rung. */
export const arbitraryTeams: fc.Arbitrary<Teams> = fc
  .record(
    Object.fromEntries(['1001', '1002', '1003', '9999'].map((agent) => [agent, fc.subarray(names, { minLength: 1 })])),
    {
      requiredKeys: [],
    }
  )
  .map((of) => new Map(Object.entries(of).map(([agent, teams]) => [agent, teams ?? []])));

export const arbitraryTeamCondition: fc.Arbitrary<Condition> = fc.record({
  field: fc.constant('team' as const),
  operator: fc.constantFrom('=', '!=', '=~', '!~'),
  values: fc.subarray(['front', 'back', '', '.*', 'nobody', "o'.*"], { minLength: 1 }),
});
