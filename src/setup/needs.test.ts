import { sentence } from '../sentences/sentence';
import { needIds, needs, nothingHeard, type HeardOfPbx, type NeedId } from './needs';

test.each<[NeedId, Partial<HeardOfPbx>]>([
  ['lostCallers', { records: 2, inboundRecords: 1 }],
  ['traffic', { records: 1 }],
  ['trunks', { records: 2, trunkRecords: 1 }],
  ['agents', { memberEvents: 3, hangups: 1 }],
  ['talkEnds', { endedTalks: 1 }],
  ['transfers', { transferEvents: 1 }],
  ['callsNow', { channels: 1 }],
  ['callersWaiting', { queueCallers: 1 }],
])('what %s needs is heard once it has come, and not before', (id, heard) => {
  expect(needs[id]({ ...nothingHeard, ...heard })).toMatchObject({ state: 'heard', advice: null });
  expect(needs[id](nothingHeard)).toMatchObject({
    state: 'notHeard',
    advice: { id: expect.stringContaining('-advice') },
  });
});

test('each kind of question has a line of its own', () => {
  expect(Object.keys(needs)).toEqual([...needIds]);
});

test('CDRs of which none is known to come from outside or to use a trunk ask for the names of trunks', () => {
  const unnamed = { ...nothingHeard, records: 12 };
  expect(needs.lostCallers(unnamed)).toMatchObject({
    state: 'notHeard',
    found: sentence('need.lost-callers.unnamed', { records: 12 }),
  });
  expect(needs.trunks(unnamed).advice).toEqual(sentence('need.name-trunks'));
});

test('log-ins without hang-ups show agents, but not the calls that they reject', () => {
  expect(needs.agents({ ...nothingHeard, memberEvents: 3 })).toMatchObject({
    state: 'notHeard',
    found: sentence('need.agents.no-hangup', { count: 3 }),
  });
});

test('an Asterisk without transfer events is said to have none, in the place of waiting for one', () => {
  expect(needs.transfers({ ...nothingHeard, isOld: true })).toMatchObject({
    state: 'impossible',
    found: sentence('need.transfers.impossible'),
  });
});
