import { serversAnswer } from './servers-answer';

const servers = [
  { server: 'pbx-east', state: 'up' as const, silentSeconds: 2, heardSince: 0, clockOffset: 0, sendsDialEnds: null },
  {
    server: 'pbx-west',
    state: 'down' as const,
    silentSeconds: 90,
    heardSince: null,
    clockOffset: null,
    sendsDialEnds: null,
  },
];

function table(query: Parameters<typeof serversAnswer>[1]): Record<string, unknown> {
  return Object.fromEntries(serversAnswer(servers, query).fields.map(({ name, values }) => [name, values]));
}

test('a PBX that is heard is up', () => {
  expect(table({ filters: {}, columns: [] })).toEqual({
    server: ['pbx-east', 'pbx-west'],
    state: ['up', 'down'],
    up: [1, 0],
    silentSeconds: [2, 90],
    clockOffset: [0, null],
  });
});

test('an alert rule that chooses a column gets one number a PBX, and no text that changes with it', () => {
  expect(table({ filters: { server: ['pbx-west'] }, columns: ['silentSeconds'] })).toEqual({
    server: ['pbx-west'],
    silentSeconds: [90],
  });
});
