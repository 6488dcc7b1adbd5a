import { dataFrameOf } from './data-frame';

test('a negative zero, which Grafana shows as -0, is a zero', () => {
  const field = { name: 'clockOffset', type: 'number', config: { displayNameFromDS: 'Clock ahead' } } as const;
  const frame = dataFrameOf('A', { name: 'PBX status', meta: {}, fields: [{ ...field, values: [-0, null, -1] }] }, []);
  expect(frame.fields[0]!.values).toEqual([0, null, -1]);
});
