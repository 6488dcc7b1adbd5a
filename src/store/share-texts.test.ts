import v8 from 'node:v8';
import vm from 'node:vm';
import { shareTexts } from './share-texts';

const length = 10_000;
const text = (): string => Buffer.alloc(length, 'a').toString('latin1');

it('gives back what it is given', () => {
  const value = { name: 'pbx', records: [{ queue: 'sales', custom: { x: 'y' }, seconds: 3, end: null }], events: [] };
  expect(shareTexts()(structuredClone(value))).toEqual(value);
});

it('leaves one text in memory of many that are equal', () => {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc') as () => void;
  const shared = shareTexts();
  gc();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: 1_000 }, () => shared({ parts: [{ text: text() }] }));
  gc();
  expect(kept).toHaveLength(1_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((kept.length * length) / 5);
});
