import { Subject } from 'rxjs';
import { severalWriters } from '../../tests/store-suite/several-writers';
import { defaultDerivation } from '../../tests/support/cdr-builders';
import { DuckDbEngine } from './duckdb/duckdb-engine';
import type { StoreEngine } from './engine';
import { openCallStore } from './open-call-store';
import type { Store, StoreChange } from './store';

/** Stores on one database as if each were of a process of its own: what stands above an engine knows nothing of the others. */
class Processes {
  private readonly said = new WeakSet<StoreChange>();
  private readonly feeds: Array<Subject<StoreChange>> = [];

  constructor(private readonly database: DuckDbEngine) {}

  open(): Store {
    const { database } = this;
    const elsewhere = new Subject<StoreChange>();
    const engine: StoreEngine = {
      supports: { severalWriters: true },
      elsewhere,
      questions: database.questions,
      write: database.write.bind(database),
      scan: database.scan.bind(database),
      isAtFault: (error) => database.isAtFault(error),
      close: async () => elsewhere.complete(),
    };
    const store = openCallStore(engine, defaultDerivation);
    const others = () => this.feeds.filter((feed) => feed !== elsewhere);
    this.feeds.push(elsewhere);
    store.changes.subscribe((change) => {
      if (!this.said.has(change)) {
        this.said.add(change);
        others().forEach((feed) => feed.next(change));
      }
    });
    return store;
  }
}

let database: DuckDbEngine;
let processes: Processes;
beforeEach(async () => {
  database = await DuckDbEngine.open(':memory:');
  processes = new Processes(database);
});
afterEach(() => database.close());

severalWriters(async () => processes.open());
