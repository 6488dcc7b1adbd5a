import { readFileSync } from 'node:fs';
import path from 'node:path';
import { examplesOfAgents } from '../support/metrics-examples/examples-of-agents';
import { examplesOfFacts } from '../support/metrics-examples/examples-of-facts';
import { examplesOfFigures } from '../support/metrics-examples/examples-of-figures';
import { examplesOfNow } from '../support/metrics-examples/examples-of-now';
import { examplesOfTraffic } from '../support/metrics-examples/examples-of-traffic';
import { examplesOfTransfers } from '../support/metrics-examples/examples-of-transfers';

const doc = readFileSync(path.join(__dirname, '../../docs/metrics.md'), 'utf8').replace(/\s+/g, ' ');
const examples = [
  ...examplesOfFacts,
  ...examplesOfFigures,
  ...examplesOfAgents,
  ...examplesOfTraffic,
  ...examplesOfTransfers,
  ...examplesOfNow,
];

describe('an example of docs/metrics.md', () => {
  test.each(examples)('is what the code computes: %s', async (says, computed) => {
    const matches = [...doc.matchAll(new RegExp(says, 'g'))];
    expect(matches).toHaveLength(1);
    expect(matches[0]!.slice(1)).toEqual((await computed()).map(String));
  });

  it('is never one that no test computes', () => {
    const left = examples.reduce((text, [says]) => text.replace(says, ''), doc);
    expect(left.match(/.{0,60}(?:Examples?|Capture|Case)[:,] .{0,60}|.{0,60}Case `.{0,60}/g)).toBeNull();
  });
});
