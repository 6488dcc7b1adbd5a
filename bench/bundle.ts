import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatKb } from './format';
import type { Result } from './row';

const bundle = path.join(import.meta.dirname, '../dist/module.js');
const target = 150_000;

/** What a browser loads of the plugin before it shows anything. */
export async function run(): Promise<Result> {
  if (!existsSync(bundle)) {
    return { rows: [{ what: 'browser bundle', ours: 'not built' }], notes: ['browser bundle: npm run build first.'] };
  }
  const bytes = readFileSync(bundle);
  const packed = gzipSync(bytes, { level: 9 }).length;
  return {
    rows: [
      {
        what: 'browser bundle, gzipped',
        ours: formatKb(packed),
        comparedWith: `plain ${formatKb(bytes.length)}`,
        target: `under ${formatKb(target)}`,
        isMet: packed < target,
      },
    ],
  };
}
