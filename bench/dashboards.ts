import { apart } from './apart';
import type { AskedDashboards } from './ask-dashboards';
import { startBenchPostgres } from './bench-postgres';
import { formatCount, formatMb, formatMs } from './format';
import { loadPostgres } from './load-postgres';
import { orLeftOut } from './or-left-out';
import type { BenchOptions, Result } from './row';
import { yearStore } from './year-store';

const target = 1_000;

/** Every query of the dashboards over a year with all variables at All, of both stores. */
export async function run({ folder, records = 10_000_000 }: BenchOptions): Promise<Result> {
  const notes: string[] = [];
  const file = await yearStore(folder, records);
  const results = [resultOf('', await apart<AskedDashboards>('ask-dashboards', { file }))];
  const server = await orLeftOut('PostgreSQL', startBenchPostgres, notes);
  try {
    if (server) {
      const place = await loadPostgres(server.address, folder, file);
      results.push(resultOf('in PostgreSQL, ', await apart<AskedDashboards>('ask-dashboards', place)));
    }
  } finally {
    await server?.stop();
  }
  return {
    rows: results.flatMap(({ rows }) => rows),
    notes: [...notes, ...results.flatMap((result) => result.notes ?? [])],
  };
}

function resultOf(where: string, { records, dashboards, memory }: AskedDashboards): Result {
  const stored = formatCount(records);
  const rows = dashboards.map(({ title, times }) => {
    const sum = times.reduce((total, [, ms]) => total + ms, 0);
    return {
      what: `dashboard ${title}, ${where}a year of ${stored} records: ${times.length} queries`,
      ours: formatMs(sum),
      target: `under ${formatMs(target)}`,
      isMet: sum < target,
    };
  });
  const slowest = dashboards.map(({ title, times }) => {
    const four = times.toSorted(([, a], [, b]) => b - a).slice(0, 4);
    return `- ${title}: ${four.map(([panel, ms]) => `${panel} ${formatMs(ms)}`).join(', ')}.`;
  });
  return {
    rows: [...rows, { what: `${where}memory of that process after the dashboards`, ours: formatMb(memory) }],
    notes: [`The slowest queries of each dashboard${where && ` ${where.replace(', ', '')}`}:\n${slowest.join('\n')}`],
  };
}
