import { usedEvents } from '../../src/amiws/used-events';
import { pbxKinds, setupStep } from '../../src/setup/setup-lines';

test.each(pbxKinds)('the filter of a PBX (%s) lets through every event that something reads', (pbx) => {
  const [, pattern] = /^eventfilter = (.*)$/m.exec(setupStep('ami', pbx).blocks[0]!.lines)!;
  const filter = new RegExp(pattern!);
  // Join and Leave are of Asterisk 11 and before.
  const sent = [...usedEvents].filter((name) => name !== 'Join' && name !== 'Leave');
  expect(sent.filter((name) => !filter.test(`Event: ${name}\r\nPrivilege: call,all\r\n`))).toEqual([]);
  expect(
    ['VarSet', 'Newexten', 'RTCPSent', 'MusicOnHoldStart'].filter((name) => filter.test(`Event: ${name}\r\n`))
  ).toEqual([]);
});
