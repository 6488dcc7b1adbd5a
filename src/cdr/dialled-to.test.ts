import { dialledTo } from './dialled-to';

it.each([
  ['PJSIP/15551234@provider-beta,30,tT', ['PJSIP/provider-beta']],
  ['PJSIP/trunk-acme/sip:15551234@10.0.0.1,30', ['PJSIP/trunk-acme']],
  ['SIP/trunk-acme/15551234,30', ['SIP/trunk-acme']],
  ['IAX2/user:secret@provider:4569/15551234@from-us', ['IAX2/provider']],
  ['DAHDI/g1/15551234', ['DAHDI/g1']],
  ['SIP/1001&PJSIP/1002@trunk-b|20|r', ['SIP/1001', 'PJSIP/trunk-b']],
  ['', []],
  ['nonsense,3', []],
  ['/,', []],
])('%j leads to %j', (lastData, endpoints) =>
  expect(dialledTo(lastData)).toEqual(endpoints.map((endpoint) => `${endpoint}-00000000`))
);
