import { setTimeout as sleep } from 'node:timers/promises';
import { connectPlugin } from '../tools/plugin-host/plugin-client';

/**
 * Asks a plugin for its metrics again and again until it ends, from a process that does nothing else; gives the longest
 * time that it waited for them, milliseconds.
 */
export async function run({ address }: { address: string }): Promise<number> {
  const client = connectPlugin(address);
  let longest = 0;
  for (let isGone = false; !isGone; await sleep(20)) {
    const asked = performance.now();
    const answered = await client.collectMetrics().then(
      () => true,
      () => false
    );
    isGone = !answered;
    longest = Math.max(longest, answered ? performance.now() - asked : 0);
  }
  client.close();
  return longest;
}
