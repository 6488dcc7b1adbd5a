import { benchDecode } from './decode';
import { benchExport } from './export';
import { benchStore } from './store';

const benches: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  decode: benchDecode,
  store: benchStore,
  export: benchExport,
};

/** Prints medians of one run on this machine, of the named benches or all; compare ratios, not machines. */
async function bench(): Promise<void> {
  const named = process.argv.slice(2);
  for (const name of named.length > 0 ? named : Object.keys(benches)) {
    console.table(await benches[name]!());
  }
}

void bench();
