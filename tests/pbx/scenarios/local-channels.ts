import { inbound, type Scenario } from '../scenario';

/** Members and callers behind Local channels, those that Asterisk optimises away and those that it keeps. */
export const localChannels: readonly Scenario[] = [
  {
    calls: [
      inbound(
        'answered by a member whose Local channel is optimised away',
        '5550201',
        'answered',
        'Local/1021@agents',
        'local-plain',
        { agentByRecords: '1021' }
      ),
    ],
    take: ({ call }) => call({ from: '5550201', exten: '240', talk: 4 }),
  },
  {
    calls: [
      inbound(
        'answered by a member whose Local channel stays',
        '5550202',
        'answered',
        'Local/1022@agents/n',
        'local-kept',
        { agentByRecords: '1022' }
      ),
    ],
    take: ({ call }) => call({ from: '5550202', exten: '241', talk: 4 }),
  },
  {
    calls: [
      inbound('came through a Local channel that is optimised away', '5550203', 'answered', '1023', 'local-caller'),
    ],
    take: ({ call }) => call({ from: '5550203', exten: '242', talk: 4 }),
  },
  {
    calls: [
      inbound('waits behind Local channels that are optimised away', '5550204', 'answered', '1057', 'local-chain'),
    ],
    take: ({ call }) => call({ from: '5550204', exten: '243', talk: 14 }),
  },
];
