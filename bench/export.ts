import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { exportParameters } from '../src/export/export-request';
import { fillStore } from '../tests/support/fill-store';
import { startPlugin } from '../tools/plugin-host/start-plugin';
import { formatCount, formatMb, perSecond } from './format';
import { millisecondsOf } from './median';
import { residentBytes } from './resident-bytes';
import type { BenchOptions, Result } from './row';
import { storeFile } from '../tests/support/store-file';

const warmUpRows = 50_000;
const rows = 1_000_000;

/** A million rows as CSV from the built plugin: how fast, and by how much its memory grows beyond that of 50,000 rows. */
export async function run({ folder }: Pick<BenchOptions, 'folder'>): Promise<Result> {
  const dataPath = path.join(folder, 'export');
  await mkdir(dataPath);
  await fillStore(storeFile(dataPath, 'bench'), rows);
  const plugin = await startPlugin({ dataPath });
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
    return {
      rows: [
        {
          what: `export ${formatCount(rows)} records as CSV, ${formatMb(large.bytes)}`,
          ours: perSecond(rows, ms),
        },
        {
          what: 'memory of the plugin then at most',
          ours: formatMb(large.peak),
          comparedWith: `of ${formatCount(warmUpRows)} records: ${formatMb(small.peak)}`,
        },
      ],
    };
  } finally {
    await plugin.stop();
  }
}
