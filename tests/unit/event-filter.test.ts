import { usedEvents } from '../../src/amiws/used-events';
import { setupStep } from '../../src/setup/setup-lines';

test('the event filter lets through every event that is read, as Asterisk 12 and later name them', () => {
  const [, pattern] = /^eventfilter = (.*)$/m.exec(setupStep('ami', 'asterisk').blocks[0]!.lines)!;
  const filter = new RegExp(pattern!);
  const older = ['Join', 'Leave', 'Bridge', 'Link', 'Unlink'];
  const passes = (name: string): boolean => filter.test(`Event: ${name}\r\nPrivilege: call,all\r\n`);
  expect([...usedEvents].filter((name) => !passes(name))).toEqual(older);
  expect(['VarSet', 'Newexten', 'RTCPSent', 'DeviceStateChange', 'BridgeCreate'].filter(passes)).toEqual([]);
});
