import path from 'node:path';
import * as v from 'valibot';
import { Importer } from '../src/import/importer';
import { PbxClock } from '../src/cdr/pbx-clock';
import { openHistory } from '../src/import/open-history';
import { importEntries } from '../src/settings/import-settings';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import { reader, startMariadb } from '../tests/import/databases';
import { cdrRecord, defaultDerivation } from '../tests/support/cdr-builders';
import { formatCount, formatMb, formatMs, perSecond } from './format';
import { millisecondsOf, quantile } from './median';
import type { BenchOptions, Result } from './row';

/** A year of calls, two records each, as FreePBX keeps them. MariaDB's own sequence fills the table. */
const table = (rows: number): string => `
  CREATE TABLE cdr (calldate datetime NOT NULL, clid varchar(80), src varchar(80), dst varchar(80),
    dcontext varchar(80), channel varchar(80), dstchannel varchar(80), lastapp varchar(80), lastdata varchar(80),
    duration int, billsec int, disposition varchar(45), amaflags int, accountcode varchar(20), uniqueid varchar(32),
    userfield varchar(255), did varchar(50), recordingfile varchar(255), linkedid varchar(32), sequence int,
    KEY calldate (calldate));
  SET time_zone = '+00:00';
  INSERT INTO cdr SELECT from_unixtime(t), concat('"Caller" <', 5550000 + n MOD 9999, '>'), 5550000 + n MOD 9999, '100',
    'from-trunk', concat('PJSIP/trunk-', lpad(hex(n DIV 2), 8, '0')), concat('PJSIP/10', n MOD 80, '-', lpad(hex(n), 8, '0')),
    'Dial', concat('PJSIP/10', n MOD 80, ',20'), 20 + n MOD 300, n MOD 2 * (n MOD 280), if(n MOD 2, 'ANSWERED', 'NO ANSWER'),
    3, '', concat(t, '.', n DIV 2), '', '100', concat('in-', n, '.wav'), concat(t, '.', n DIV 2), n
  FROM (SELECT seq AS n, unix_timestamp() - 31536000 + floor(seq DIV 2 * 31536000 / ${rows / 2}) AS t
    FROM seq_1_to_${rows}) s;
  GRANT SELECT ON cdr TO ${reader.user}`;

/** Imports a table, twice, while live records come: how fast, how much memory, and how long the live ones wait. */
export async function run({ folder, records: rows = 200_000 }: BenchOptions): Promise<Result> {
  const database = await startMariadb();
  const store = await openDuckDbStore(path.join(folder, 'import.duckdb'), defaultDerivation);
  try {
    await database.run(table(rows));
    const settings = v.parse(importEntries, {
      server: 'pbx',
      host: '127.0.0.1',
      port: database.port,
      user: reader.user,
    });
    const { rules } = defaultDerivation;
    const importer = new Importer({
      key: 'bench',
      server: settings.server,
      kind: settings.kind,
      type: settings.type,
      store: () => store,
      write: (task) => task(store),
      open: () =>
        openHistory({
          settings,
          password: reader.password,
          ca: '',
          csvFolder: undefined,
          clock: new PbxClock('UTC'),
          rules,
        }),
      keptSince: () => 0,
      hourOfPbx: () => 0,
      onFailed: console.error,
    });
    const importAll = (): Promise<number> =>
      millisecondsOf(async () => {
        await importer.start();
        await importer.look();
      });
    const waits: number[] = [];
    const live = setInterval(() => {
      const sent = Date.now();
      const uniqueId = `${Math.floor(sent / 1000)}.${waits.length + rows}`;
      const record = cdrRecord({ uniqueId, linkedId: uniqueId, startTime: sent, server: 'pbx' });
      void store.add({ records: [record], events: [] }).then(() => waits.push(Date.now() - sent));
    }, 200);
    const first = await importAll().finally(() => clearInterval(live));
    const again = await importAll();
    const { done, error } = importer.progress;
    await importer.close();
    return {
      rows: [
        {
          what: `import ${formatCount(done)} rows of MariaDB while live records come`,
          ours: perSecond(rows, first),
          comparedWith: `all of them stored already: ${perSecond(rows, again)}`,
        },
        {
          what: `wait of ${formatCount(waits.length)} live records meanwhile: p50, p99`,
          ours: `${formatMs(quantile(waits, 0.5))}, ${formatMs(quantile(waits, 0.99))}`,
        },
        { what: 'memory of that process at most', ours: formatMb(process.resourceUsage().maxRSS * 1024) },
      ],
      notes: error ? [`import: ${error}`] : [],
    };
  } finally {
    await store.close();
    await database.stop();
  }
}
