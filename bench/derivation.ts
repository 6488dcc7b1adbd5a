import { loadavg } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { derivationOf } from '../src/cdr/derivation';
import { parseSettings } from '../src/settings/settings';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import { apart } from './apart';
import { formatCount, formatMb, formatMs } from './format';
import { residentBytes } from './resident-bytes';
import type { BenchOptions, Result } from './row';

/** Other rules than those that the store was filled by. */
const others = derivationOf(parseSettings({ externalChannels: ['^PJSIP/trunk-', '^PJSIP/1001-'] }));

/** What deriving all calls again by other rules takes: time, memory, and how long it holds the event loop at a time. */
export async function run({ folder, records = 3_000_000 }: BenchOptions): Promise<Result> {
  const file = path.join(folder, 'derivation.duckdb');
  await apart('fill-calls', { file, records });
  const store = await openDuckDbStore(file, others);
  const before = residentBytes(process.pid);
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, residentBytes(process.pid))), 100);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const began = performance.now();
  await store.deriveAgain(() => undefined);
  const took = performance.now() - began;
  delay.disable();
  clearInterval(watching);
  await store.close();
  return {
    rows: [
      {
        what: `derive ${formatCount(records)} calls again`,
        ours: `${formatMs(took)}, ${formatMb(most)} (${formatMb(before)} before), others wait ${formatMs(delay.max / 1e6)} at most`,
      },
    ],
    notes: [`derivation: load average of the machine ${loadavg()[0]!.toFixed(1)} at its end.`],
  };
}
