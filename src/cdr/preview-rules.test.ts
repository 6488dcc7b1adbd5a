import { cdrRecord } from '../../tests/support/cdr-builders';
import { defaultAgentPatterns } from './agent';
import { compileCallRules } from './call-rules';
import { previewRules } from './preview-rules';

const rules = compileCallRules({
  directionRules: [
    { field: 'destination', pattern: '^9', direction: 'outbound' },
    { field: 'destinationContext', pattern: '^from-trunk$', direction: 'inbound' },
  ],
  externalChannels: [],
  agentPatterns: defaultAgentPatterns,
});
const call = (linkedId: string, overrides: object = {}) => cdrRecord({ uniqueId: linkedId, linkedId, ...overrides });

describe('previewRules', () => {
  it('counts calls, not records, by the rule that decides', () => {
    const records = [
      call('a.1'),
      call('a.1', { sequence: 2, destinationChannel: 'PJSIP/1002-00000003' }),
      call('b.1', { destinationChannel: 'PJSIP/1002-00000004' }),
      call('c.1', { destination: '9555', destinationChannel: 'PJSIP/1002-00000005' }),
      call('d.1', { destinationContext: 'internal' }),
    ];
    expect(previewRules(records, rules)).toEqual({
      directions: [
        { direction: 'inbound', rule: 2, calls: 2 },
        { direction: 'outbound', rule: 1, calls: 1 },
        { direction: 'internal', rule: null, calls: 1 },
      ],
      agents: ['1002', '1001'],
    });
  });
});
