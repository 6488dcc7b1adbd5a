import type { Page } from '@playwright/test';
import { startSimulator, type Simulator } from '../../tools/simulator/start-simulator';
import { cdrFrame } from '../support/cdr-frame';
import { addDataSource, ask } from './cdr-source';
import { expect } from './test';

/** Telephone numbers of this run: the store keeps the calls of earlier ones. */
let last = Date.now() % 1e9;
export const newNumber = (): string => `493${String(last++).padStart(9, '0')}`;

/** A PBX on which nothing happens but what a test sends, as that of the data source under test. */
export async function addQuietPbx(page: Page, jsonData: object = {}): Promise<Simulator> {
  const simulator = await startSimulator({ speed: 0 });
  await addDataSource(page, { amiwsUrl: simulator.url, ...jsonData });
  return simulator;
}

/** Lets the PBX send calls, and waits until they are stored. */
export async function addCalls(page: Page, simulator: Simulator, calls: Array<{ Source: string }>): Promise<void> {
  simulator.emit(calls.map((call) => cdrFrame(call)));
  const stored = async () => (await ask(page, { queryType: 'calls', filters: { source: sources } })).data.values[0];
  const sources = calls.map(({ Source }) => Source);
  await expect.poll(stored).toHaveLength(calls.length);
}
