import { defaultAgentPatterns } from './agent';
import { assembleCall } from './assemble-call';
import { compileCallRules } from './call-rules';
import type { DirectionRule } from './direction';
import { mergeRecords } from './merge-records';
import { cdrRecord, defaultRules, noon } from '../../tests/support/cdr-builders';
import type { CdrRecord } from './record';
import { ruledFields } from './ruled-fields';

const out = { channel: 'PJSIP/1001-00000001', destinationChannel: 'PJSIP/trunk-acme-00000002' };
const within = { channel: 'PJSIP/1001-00000001', destinationChannel: 'PJSIP/1002-00000002' };
const ruled = (fields: Partial<CdrRecord>) => ruledFields(cdrRecord(fields), defaultRules);
const read = (fields: Partial<CdrRecord>): CdrRecord => ({ ...cdrRecord(fields), ...ruled(fields) });

describe('the trunk of a record', () => {
  it.each([
    ['PJSIP/trunk-acme-0000002f', 'PJSIP/trunk-acme'],
    ['IAX2/provider-4567', 'IAX2/provider'],
    ['SIP/gateway-2-0000000a', 'SIP/gateway-2'],
  ])('%s is %s', (channel, trunk) => expect(ruled({ channel }).trunk).toBe(trunk));

  it('is that of the caller where both ends are outside, and none inside', () => {
    const both = { channel: 'PJSIP/trunk-a-00000001', destinationChannel: 'PJSIP/provider-b-00000002' };
    expect([ruled(both).trunk, ruled(out).trunk, ruled(within).trunk]).toEqual([
      'PJSIP/trunk-a',
      'PJSIP/trunk-acme',
      '',
    ]);
  });

  it('is what Dial was to reach where the trunk gave no channel', () => {
    const dead = { ...out, destinationChannel: '', lastApplication: 'Dial', lastData: 'PJSIP/15551234@trunk-acme,30' };
    expect(ruled(dead).trunk).toBe('PJSIP/trunk-acme');
  });

  it('is told by the direction where no pattern knows the channel, but by no Local channel', () => {
    const rule = (direction: DirectionRule['direction']) =>
      compileCallRules({
        directionRules: [{ field: 'destinationContext', pattern: '.', direction }],
        externalChannels: ['^never$'],
        agentPatterns: defaultAgentPatterns,
      });
    const carrier = cdrRecord({ channel: 'SIP/carrier-00000001' });
    expect(ruledFields(carrier, rule('inbound')).trunk).toBe('SIP/carrier');
    expect(ruledFields(carrier, rule('outbound')).trunk).toBe('PJSIP/1001');
    const local = cdrRecord({ channel: 'Local/1001@from-queue-00000001;2' });
    expect(ruledFields(local, rule('inbound')).trunk).toBe('');
  });
});

describe('the calling agent', () => {
  it('is the agent of the phone, whatever number the trunk shows', () => {
    expect(ruled({ ...out, source: '+4930555000' }).callingAgent).toBe('1001');
    expect(ruled(within).callingAgent).toBe('1001');
  });

  it('of a call that a Local channel sets up is the cnum, in any case of letters', () => {
    const custom = { CNUM: '1007' };
    const channel = 'Local/5551234@from-internal-00000001;2';
    expect(ruled({ ...out, channel, custom }).callingAgent).toBe('1007');
    expect(ruled({ ...within, channel, custom }).callingAgent).toBe('');
  });

  it('is none of a call from outside, also where an agent dials on in it', () => {
    expect(ruled({ custom: { cnum: '0301234567' } }).callingAgent).toBe('');
    const onward = { ...out, uniqueId: `${noon / 1000}.9`, linkedId: `${noon / 1000}.1`, startTime: noon + 5000 };
    const { call } = assembleCall({ records: [read({}), read(onward)], events: [] }, defaultRules);
    expect(call).toMatchObject({ direction: 'inbound', callingAgent: '', trunk: 'PJSIP/trunk-acme' });
  });
});

describe('the DID', () => {
  it('is the first did that a record of the call has, else the destination of the first', () => {
    const later = { startTime: noon + 1000, sequence: 2, custom: { DID: '5550100' }, destination: '201' };
    const records = [cdrRecord({ custom: { DID: '' } }), cdrRecord(later)];
    expect(assembleCall({ records, events: [] }, defaultRules).call?.did).toBe('5550100');
    expect(assembleCall({ records: [cdrRecord({})], events: [] }, defaultRules).call?.did).toBe('100');
  });

  it('of a record that came live is filled in by the one that is imported', () => {
    const live = cdrRecord({});
    const row = cdrRecord({ imported: true, custom: { did: '5550100' } });
    expect(mergeRecords(live, row)).toMatchObject({ did: '5550100', imported: false });
  });
});
