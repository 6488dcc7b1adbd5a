import type { Page } from '@playwright/test';
import { startSimulator, type Simulator } from '../../tools/simulator/start-simulator';
import { addDataSource } from './cdr-source';

/** Telephone numbers of this run: the store keeps the calls of earlier ones. */
let last = Date.now() % 1e9;
export const newNumber = (): string => `493${String(last++).padStart(9, '0')}`;

/** A PBX on which nothing happens but what a test sends, as that of the data source under test. */
export async function addQuietPbx(page: Page, jsonData: object = {}): Promise<Simulator> {
  const simulator = await startSimulator({ speed: 0 });
  await addDataSource(page, { amiwsUrl: simulator.url, ...jsonData });
  return simulator;
}
