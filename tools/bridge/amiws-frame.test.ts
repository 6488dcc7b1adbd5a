import { decodeFrame } from '../../src/amiws/decode-frame';
import { amiwsFrame } from './amiws-frame';

describe('amiwsFrame', () => {
  it('is read back by the decoder, quotes and all', () => {
    const frame = amiwsFrame(2, 'pbx', { Event: 'Cdr', CallerID: '"José \\ x" <1>' });
    expect(decodeFrame(frame, 7)).toMatchObject({
      kind: 'event',
      name: 'Cdr',
      server: 'pbx',
      fields: { CallerID: '"José \\ x" <1>' },
      recovered: false,
    });
  });

  it('tells an answer from an event, and an unused event unparsed', () => {
    expect(decodeFrame(amiwsFrame(1, 'pbx', { Response: 'Success' }), 0)).toMatchObject({ kind: 'response' });
    expect(decodeFrame(amiwsFrame(1, 'pbx', { Event: 'VarSet' }), 0)).toMatchObject({
      kind: 'skipped',
      server: 'pbx',
    });
  });
});
