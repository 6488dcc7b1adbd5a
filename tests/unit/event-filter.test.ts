import { usedEvents } from '../../src/amiws/used-events';
import { pbxKinds, setupStep } from '../../src/setup/setup-lines';

/** Names of Asterisk 11 and before. */
const older = ['Join', 'Leave', 'Bridge', 'Link', 'Unlink', 'Dial'];

test('the events of Asterisk 11 and before are read', () => {
  expect(older.filter((name) => !usedEvents.has(name))).toEqual([]);
});

test.each(pbxKinds)('the filter of a PBX (%s) lets through every event that something reads', (pbx) => {
  const [, pattern] = /^eventfilter = (.*)$/m.exec(setupStep('ami', pbx).blocks[0]!.lines)!;
  const filter = new RegExp(pattern!);
  const sent = [...usedEvents].filter((name) => !older.includes(name));
  expect(sent.filter((name) => !filter.test(`Event: ${name}\r\nPrivilege: call,all\r\n`))).toEqual([]);
  expect(
    ['VarSet', 'Newexten', 'RTCPSent', 'MusicOnHoldStart'].filter((name) => filter.test(`Event: ${name}\r\n`))
  ).toEqual([]);
});
