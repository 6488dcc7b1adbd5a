import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportParameters } from '../src/export/export-request';
import { fillStore } from '../tests/support/fill-store';
import { residentBytes } from './resident-bytes';
import { startPlugin } from '../tools/plugin-host/start-plugin';
import { millisecondsOf } from './median';

const warmUpRows = 50_000;
const rows = 1_000_000;
const megabyte = 1e6;

/** A million rows as CSV from the built plugin: how fast, and by how much its memory grows beyond that of 50,000 rows. */
export async function benchExport(): Promise<Record<string, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'amiws-cdr-bench-'));
  await fillStore(path.join(folder, '1-bench.duckdb'), rows);
  const plugin = await startPlugin({ dataPath: folder });
  const dataSource = { uid: 'bench', name: 'bench', jsonData: { amiwsUrl: '' }, updated: 1 };
  try {
    const download = async (wanted: number): Promise<{ bytes: number; peak: number }> => {
      const from = Date.UTC(2026, 10, 24, 13);
      const selection = { query: { queryType: 'records' as const }, from, to: from + Math.ceil(wanted / 3) * 1000 };
      const layout = {
        format: 'csv' as const,
        fields: [],
        dateFormat: 'iso' as const,
        timeZone: 'Europe/Berlin',
        header: true,
      };
      let [bytes, peak] = [0, 0];
      const url = `export?${exportParameters(selection, layout, 'bench-export')}`;
      for await (const { body } of plugin.client.streamResource(dataSource, { url })) {
        bytes += body.length;
        peak = Math.max(peak, residentBytes(plugin.pid));
      }
      return { bytes, peak };
    };
    const small = await download(warmUpRows);
    let large = small;
    const ms = await millisecondsOf(async () => (large = await download(rows)));
    const growth = large.peak - small.peak;
    return {
      'export of a million records as CSV, rows/s': Math.round((rows * 1000) / ms).toLocaleString('en'),
      'its size, MB': (large.bytes / megabyte).toFixed(0),
      [`memory at most, of ${warmUpRows} rows, MB`]: (small.peak / megabyte).toFixed(0),
      'memory at most, of a million rows, MB': (large.peak / megabyte).toFixed(0),
      'growth of memory / growth of size': (growth / (large.bytes - small.bytes)).toFixed(2),
    };
  } finally {
    await plugin.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
