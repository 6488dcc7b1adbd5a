import { fillStore } from '../tests/support/fill-store';

/** A store with so many calls of one record each, made in a process of its own. */
export async function run({ file, records }: { file: string; records: number }): Promise<void> {
  await fillStore(file, records);
}
