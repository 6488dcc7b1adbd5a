import { benchDecode } from './decode';
import { benchStore } from './store';

/** Prints medians of one run on this machine; compare ratios, not machines. */
async function bench(): Promise<void> {
  console.table(await benchDecode());
  console.table(await benchStore());
}

void bench();
