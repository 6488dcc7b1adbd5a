import { apart } from './apart';
import type { AskedFigures } from './ask-figures';
import { startBenchPostgres } from './bench-postgres';
import { formatCount, formatMs } from './format';
import { loadPostgres } from './load-postgres';
import { orLeftOut } from './or-left-out';
import type { BenchOptions, Result, Row } from './row';
import { yearStore } from './year-store';

const target = 200;

/** Percentiles, bands, top lists and the other ways to cut, of a year of calls, by both stores. */
export async function run({ folder, records = 10_000_000 }: BenchOptions): Promise<Result> {
  const notes: string[] = [];
  const file = await yearStore(folder, records);
  const rows = rowsOf('', await apart<AskedFigures>('ask-figures', { file }));
  const server = await orLeftOut('PostgreSQL', startBenchPostgres, notes);
  try {
    if (server) {
      const place = await loadPostgres(server.address, folder, file);
      rows.push(...rowsOf(' in PostgreSQL', await apart<AskedFigures>('ask-figures', place)));
    }
  } finally {
    await server?.stop();
  }
  return { rows, notes };
}

function rowsOf(where: string, { records, times }: AskedFigures): Row[] {
  return times.map(({ title, ms }) => ({
    what: `${title}, a year of ${formatCount(records)} records${where}`,
    ours: formatMs(ms),
    target: `under ${formatMs(target)}`,
    isMet: ms < target,
  }));
}
