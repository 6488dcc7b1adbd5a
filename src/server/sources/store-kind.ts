import type { Derivation } from '../../cdr/derivation';
import { sentence, type Sentence } from '../../sentences/sentence';
import type { Logger } from '../../plugin-protocol/log';
import { isHeardByOthers, type StoreType } from '../../settings/store-settings';
import { keptLogsOf } from '../../store/duckdb/damaged-log';
import { DuckDbEngine } from '../../store/duckdb/duckdb-engine';
import { openStore, storeFile } from '../../store/duckdb/open-store';
import { isOfData, storeProblem } from '../../store/duckdb/store-problem';
import { connectPostgres } from '../../store/postgres/connect-postgres';
import { isAtFault } from '../../store/postgres/is-at-fault';
import { openPostgresStore } from '../../store/postgres/open-postgres-store';
import { isFatalForPostgres, postgresProblem } from '../../store/postgres/postgres-problem';
import { placeText, withSchema } from '../../store/postgres/store-place';
import type { SharedStore } from '../../store/store';
import type { StoreProblem } from '../../store/store-problem';
import type { DataSourceConfig } from './source-config';

/** Where a data source keeps its calls: all that differs between one kind of store and another. */
export interface StoreKind {
  type: StoreType;
  /** Where that is, in words for Admins; names no folder. */
  place: Sentence;
  /** The PostgreSQL schema of its calls; empty where a file has them. */
  schema: string;
  /** Names of damaged logs that are kept beside the store. */
  keptLogs: () => Promise<string[]>;
  /** @throws Error that `problemOf` explains */
  open: (derivation: Derivation) => Promise<SharedStore>;
  problemOf: (error: unknown) => StoreProblem;
  /** True when the store is of no use any more until it is opened again. */
  isFatal: (error: unknown) => boolean;
  /** True when what was to be stored is the reason, so that it fails each time. */
  isOfData: (error: unknown) => boolean;
}

type MakeKind = (config: DataSourceConfig, folder: string, onNotice: (notice: string) => void) => StoreKind;

const kinds: Readonly<Record<StoreType, MakeKind>> = {
  duckdb: ({ key }, folder, onNotice) => ({
    type: 'duckdb',
    place: sentence('store.place.duckdb'),
    schema: '',
    keptLogs: () => keptLogsOf(storeFile(folder, key)),
    open: (derivation) => openStore(folder, key, derivation, onNotice),
    problemOf: storeProblem,
    isFatal: DuckDbEngine.isFatal,
    isOfData,
  }),
  postgres: ({ key, settings, secrets }, _, onNotice) => {
    const store = withSchema(settings.store, key);
    return {
      type: 'postgres',
      place: placeText(store),
      schema: store.schema,
      keptLogs: async () => [],
      open: (derivation) =>
        openPostgresStore(connectPostgres(store, secrets, onNotice), derivation, {
          ...store,
          onlyAnswers: isHeardByOthers(store),
          questionMs: store.statementTimeout * 1000,
          onNotice,
        }),
      problemOf: (error) => postgresProblem(error, store),
      isFatal: isFatalForPostgres,
      isOfData: isAtFault,
    };
  },
};

/** @param folder of DuckDB files */
export function storeKind(config: DataSourceConfig, folder: string, log: Logger): StoreKind {
  return kinds[config.settings.store.type](config, folder, (notice) => log.warn(notice, { uid: config.uid }));
}
