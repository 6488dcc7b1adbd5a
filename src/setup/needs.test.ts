import { needIds, needs, nothingHeard, type HeardOfPbx, type NeedId } from './needs';

test.each<[NeedId, Partial<HeardOfPbx>]>([
  ['lostCallers', { records: 2, inboundRecords: 1 }],
  ['traffic', { records: 1 }],
  ['trunks', { records: 2, trunkRecords: 1 }],
  ['agents', { memberEvents: 3, hangups: 1 }],
  ['transfers', { transferEvents: 1 }],
  ['callsNow', { channels: 1 }],
  ['callersWaiting', { queueCallers: 1 }],
])('what %s needs is heard once it has come, and not before', (id, heard) => {
  expect(needs[id]({ ...nothingHeard, ...heard })).toMatchObject({ state: 'heard', advice: '' });
  expect(needs[id](nothingHeard)).toMatchObject({ state: 'notHeard', advice: expect.stringMatching(/./) });
});

test('each kind of question has a line of its own', () => {
  expect(Object.keys(needs)).toEqual([...needIds]);
});

test('CDRs of which none is known to come from outside or to use a trunk ask for the names of trunks', () => {
  const unnamed = { ...nothingHeard, records: 12 };
  expect(needs.lostCallers(unnamed)).toMatchObject({
    state: 'notHeard',
    found: expect.stringContaining('None of 12 CDRs'),
  });
  expect(needs.trunks(unnamed).advice).toBe('Name your trunks under Direction above.');
});

test('log-ins without hang-ups tell of agents, but not of the calls that they refuse', () => {
  expect(needs.agents({ ...nothingHeard, memberEvents: 3 })).toMatchObject({
    state: 'notHeard',
    found: '3 events of queue members are heard, but no hang-up by which a refused call is known.',
  });
});

test('an Asterisk without transfer events says so, in the place of waiting for one', () => {
  expect(needs.transfers({ ...nothingHeard, isOld: true })).toMatchObject({
    state: 'impossible',
    found: 'Asterisk 11 and before send no BlindTransfer and AttendedTransfer.',
  });
});
