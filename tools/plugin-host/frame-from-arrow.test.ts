import type { Frame } from '../../src/plugin-protocol/frame';
import { toArrow } from '../../src/plugin-protocol/to-arrow';
import { frameFromArrow } from './frame-from-arrow';

test('a frame comes back as it was sent', async () => {
  const frame: Frame = {
    name: 'calls',
    refId: 'A',
    meta: { type: 'table', notices: [{ severity: 'warning', text: 'two gaps' }] },
    fields: [
      { name: 'time', type: 'time', nullable: false, values: [1_753_000_000_123, 0] },
      { name: 'rate', type: 'number', nullable: true, config: { unit: 'percent' }, values: [12.5, null] },
      { name: 'queue', type: 'string', nullable: true, labels: { server: 'pbx-east' }, values: ['sälës', null] },
      { name: 'live', type: 'boolean', nullable: true, values: [false, null] },
      { name: 'custom', type: 'json', nullable: true, values: [{ campaign: 'spring' }, null] },
    ],
  };
  expect(frameFromArrow(await toArrow(frame))).toEqual(frame);
});
