import { agentOf, defaultAgentPatterns } from './agent';
import { channelMatcher, defaultExternalChannels, directionOf, type DirectionInput } from './direction';

const input = (channel: string, destinationChannel: string, rest: Partial<DirectionInput> = {}): DirectionInput => ({
  channel,
  destinationChannel,
  destinationContext: '',
  source: '',
  destination: '',
  accountCode: '',
  lastApplication: '',
  lastData: '',
  ...rest,
});

describe('directionOf', () => {
  const direction = directionOf(
    [
      { field: 'destinationContext', pattern: '^from-pstn', direction: 'inbound' },
      { field: 'destination', pattern: '^9', direction: 'outbound' },
    ],
    defaultExternalChannels
  );

  it.each([
    ['PJSIP/trunk-acme-00000001', 'PJSIP/1001-00000002', 'inbound'],
    ['PJSIP/1001-00000001', 'SIP/Provider-b-00000002', 'outbound'],
    ['PJSIP/1001-00000001', 'PJSIP/1002-00000002', 'internal'],
    ['DAHDI/gateway-1', 'IAX2/trunk-b-00000002', 'unknown'],
    ['PJSIP/1001-00000001', '', 'internal'],
    ['', '', 'unknown'],
  ])('tells %s to %j as %s by the channels', (from, to, expected) => {
    expect(direction(input(from, to))).toEqual({ direction: expected, rule: null });
  });

  it('tells a call to a trunk that is dead as outbound by what was dialled', () => {
    const dialled = (lastData: string, lastApplication = 'Dial') =>
      direction(input('PJSIP/1001-00000001', '', { lastApplication, lastData })).direction;
    expect(dialled('PJSIP/15551111@provider-dead,4')).toBe('outbound');
    expect(dialled('SIP/trunk-acme/15551111')).toBe('outbound');
    expect(dialled('PJSIP/1002,20')).toBe('internal');
    expect(dialled('trunk-support', 'Queue')).toBe('internal');
  });

  it('lets the first rule that matches decide before the channels', () => {
    const record = input('PJSIP/1001-00000001', 'PJSIP/1002-00000002', {
      destination: '900',
      destinationContext: 'from-pstn',
    });
    expect(direction(record)).toEqual({ direction: 'inbound', rule: 0 });
    expect(direction({ ...record, destinationContext: '' })).toEqual({ direction: 'outbound', rule: 1 });
  });

  it('names a pattern that does not compile', () => {
    expect(() => directionOf([{ field: 'source', pattern: '(a', direction: 'inbound' }], [])).toThrow(
      'The pattern "(a" is not a valid RE2 expression'
    );
  });

  it('takes linear time for a pattern that makes others hang', () => {
    const nasty = directionOf([{ field: 'source', pattern: '^(a+)+$', direction: 'inbound' }], []);
    expect(nasty(input('', '', { source: `${'a'.repeat(5_000)}!` })).direction).toBe('unknown');
  });
});

describe('agentOf', () => {
  const agent = agentOf(defaultAgentPatterns, channelMatcher(defaultExternalChannels));

  it.each([
    ['PJSIP/1001-00000002', '1001'],
    ['PJSIP/1001', '1001'],
    ['SIP/front-desk-0000000a', 'front-desk'],
    ['IAX2/1003-00000001', '1003'],
    ['Local/1001@from-queue/n', '1001'],
    ['Local/1001@from-queue-00000001;1', '1001'],
    ['Local/s@ivr-00000001;2', ''],
    ['PJSIP/trunk-acme-00000001', ''],
    ['', ''],
  ])('tells %j as agent %j', (channel, expected) => expect(agent(channel)).toBe(expected));
});
