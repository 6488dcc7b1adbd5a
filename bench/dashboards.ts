import { apart } from './apart';
import type { AskedDashboards, AskedQuery } from './ask-dashboards';
import { startBenchPostgres } from './bench-postgres';
import { formatCount, formatMb, formatMs } from './format';
import { loadPostgres } from './load-postgres';
import { orLeftOut } from './or-left-out';
import type { BenchOptions, Result } from './row';
import { yearStore } from './year-store';

const target = 1_000;
const queryTarget = 150;

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
    const sum = times.reduce((total, { ms }) => total + ms, 0);
    return {
      what: `dashboard ${title}, ${where}a year of ${stored} records: ${times.length} queries`,
      ours: formatMs(sum),
      target: `under ${formatMs(target)}`,
      isMet: sum < target,
    };
  });
  const all = dashboards.flatMap(({ title, times }) => times.map((time) => ({ ...time, dashboard: title })));
  const slow = all.filter(({ ms }) => ms > queryTarget).sort((a, b) => b.ms - a.ms);
  return {
    rows: [
      ...rows,
      {
        what: `${where}queries of these dashboards above ${formatMs(queryTarget)}`,
        ours: `${slow.length} of ${all.length}`,
        target: 'none',
        isMet: slow.length === 0,
      },
      { what: `${where}memory of that process after the dashboards`, ours: formatMb(memory) },
    ],
    notes: [
      `Queries of the dashboards above ${formatMs(queryTarget)}${where && ` ${where.replace(', ', '')}`}:\n` +
        slow.map((query) => `- ${query.dashboard}, ${textOf(query)}`).join('\n'),
    ],
  };
}

function textOf({ title, ms, engineMs, isRefused }: AskedQuery): string {
  return `${title}: ${isRefused ? 'refused after ' : ''}${formatMs(ms)}${engineMs > 0 ? `, ${formatMs(engineMs)} of that in DuckDB` : ''}`;
}
