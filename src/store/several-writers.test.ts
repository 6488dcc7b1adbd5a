import { Subject } from 'rxjs';
import { severalWriters } from '../../tests/store-suite/several-writers';
import { defaultDerivation } from '../../tests/support/cdr-builders';
import { recordKey } from '../cdr/record-key';
import { DuckDbEngine } from './duckdb/duckdb-engine';
import type { ForeignChange, StoreEngine } from './engine';
import { openCallStore } from './open-call-store';
import { alone } from './sharing';
import type { Store, StoreChange } from './store';

/** Stores on one database as if each were of a process of its own: what stands above an engine knows nothing of the others. */
class Processes {
  private readonly feeds: Array<Subject<ForeignChange>> = [];
  private isTelling = false;

  constructor(private readonly database: DuckDbEngine) {}

  open(): Store {
    const { database } = this;
    const elsewhere = new Subject<ForeignChange>();
    const engine: StoreEngine = {
      supports: { severalWriters: true },
      sharing: alone,
      elsewhere,
      questions: database.questions,
      write: database.write.bind(database),
      scan: database.scan.bind(database),
      isAtFault: (error) => database.isAtFault(error),
      close: async () => elsewhere.complete(),
    };
    const store = openCallStore(engine, defaultDerivation);
    this.feeds.push(elsewhere);
    store.changes.subscribe((change) => {
      if (!this.isTelling) {
        this.isTelling = true;
        this.feeds.filter((feed) => feed !== elsewhere).forEach((feed) => feed.next(foreign(change)));
        this.isTelling = false;
      }
    });
    return store;
  }
}

function foreign({ changed, removedBefore }: StoreChange): ForeignChange {
  const calls = changed.map(({ id, stood, records, freshRecords }) => ({
    id,
    stood,
    parts: { records, events: [] },
    freshRecords: freshRecords.map(recordKey),
  }));
  return { calls, removedBefore };
}

let database: DuckDbEngine;
let processes: Processes;
beforeEach(async () => {
  database = await DuckDbEngine.open(':memory:');
  processes = new Processes(database);
});
afterEach(() => database.close());

severalWriters(async () => processes.open());
