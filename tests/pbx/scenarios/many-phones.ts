import { inbound, type Scenario } from '../scenario';

/** Several phones ring at once; one is answered and the others stop. */
export const manyPhones: readonly Scenario[] = [
  {
    calls: [inbound('answered by one of three that rang at once', '5550211', 'answered', '1024', 'ringall')],
    take: ({ call }) => call({ from: '5550211', exten: '250', talk: 3 }),
  },
  {
    calls: [inbound('answered by one of a ring group', '5550212', 'answered', '1027')],
    take: ({ call }) => call({ from: '5550212', exten: '251', talk: 3 }),
  },
];
