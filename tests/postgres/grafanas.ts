import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFrame } from '../../src/amiws/decode-frame';
import type { CallParts } from '../../src/cdr/call-parts';
import { Listener } from '../../src/listener/listener';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { Status } from '../../src/server/ask/status';
import type { Store } from '../../src/store/store';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { figuresOf } from '../reliability/figures';
import { defaultDerivation } from '../support/cdr-builders';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import type { StoreServer } from '../support/store-server';

const servers = ['pbx-east', 'pbx-west'];

/** A Grafana: a plugin process with an amiws of its own, so that a test decides what each hears. */
export class TestGrafana {
  private plugin: HostedPlugin | null = null;
  private starting: Promise<void> = Promise.resolve();
  readonly dataSource: DataSource;

  private constructor(
    public amiws: FakeAmiws,
    private readonly folder: string,
    store: object,
    storePassword: string
  ) {
    this.dataSource = {
      uid: 'cdr',
      name: 'CDR',
      jsonData: { amiwsUrl: amiws.url, timeZone: 'UTC', store },
      secureJsonData: { storePassword },
      updated: 1,
    };
  }

  /** @param port of PostgreSQL, or of what stands before it */
  static async start({ address, citus }: StoreServer, port = address.port, changes: object = {}): Promise<TestGrafana> {
    const { host, database, user, password } = address;
    const store = { type: 'postgres', host, port, database, user, schema: 'calls', tls: 'off', citus, ...changes };
    const folder = await mkdtemp(path.join(tmpdir(), 'grafana-'));
    const grafana = new TestGrafana(await startFakeAmiws(servers), folder, store, String(password));
    await grafana.run();
    return grafana;
  }

  get client(): HostedPlugin['client'] {
    return this.plugin!.client;
  }

  /** Null while it is killed. */
  get pid(): number | null {
    return this.plugin?.pid ?? null;
  }

  /** True while it is connected to its amiws. */
  get hears(): boolean {
    return this.plugin !== null && this.amiws.connections > 0;
  }

  async run(): Promise<void> {
    this.plugin = await startPlugin({ dataPath: this.folder });
    await this.status();
  }

  /** As Grafana does: it starts the process again when it is gone. */
  async killAndRun(): Promise<void> {
    const { plugin } = this;
    this.plugin = null;
    await plugin!.kill();
    this.starting = this.run();
    await this.starting;
  }

  /** Its amiws is away for a while, and may know other PBXes when it is back. */
  async deafen(ms: number, hears = servers): Promise<void> {
    const port = Number(new URL(this.amiws.url).port);
    await this.amiws.close();
    await sleep(ms);
    this.amiws = await startFakeAmiws(hears, { port });
    await this.amiws.connected();
  }

  /** It stands still, and goes on. */
  async halt(ms: number): Promise<void> {
    process.kill(this.pid!, 'SIGSTOP');
    await sleep(ms);
    process.kill(this.pid!, 'SIGCONT');
  }

  async status(): Promise<Status & { message: string }> {
    const { details, message } = await this.client.checkHealth(this.dataSource);
    return { ...(details as unknown as Status), message };
  }

  /** What the configuration page asks, as an Admin. */
  async post(path: string, body: object): Promise<{ status: number; answer: unknown }> {
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const found = await this.client.callResource(this.dataSource, { method: 'POST', url: path, body: bytes });
    return { status: found.status, answer: JSON.parse(String(found.body)) };
  }

  async role(): Promise<NonNullable<Status['sharing']>['role'] | null> {
    return (await this.status().catch(() => null))?.sharing?.role ?? null;
  }

  async stop(): Promise<void> {
    await this.starting.catch(() => undefined);
    await this.plugin?.stop();
    await this.amiws.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** One DuckDB store that hears everything: what the figures of a shared store are to be. */
export class HeardAll {
  private heard: CallParts[] = [];
  private readonly listener: Listener;

  private constructor(readonly store: Store) {
    this.listener = new Listener(
      { ...defaultDerivation },
      {
        event: (_, parts) => void this.heard.push(parts),
        gap: () => undefined,
        restart: () => undefined,
        stretches: () => undefined,
        boardChanged: () => undefined,
        serverFound: () => undefined,
        badInput: (reason, example) => {
          throw new Error(`${reason}: ${example}`);
        },
      }
    );
  }

  static async open(): Promise<HeardAll> {
    return new HeardAll(await openDuckDbStore(':memory:', defaultDerivation));
  }

  hear(frame: string): void {
    this.listener.hear({ kind: 'frame', frame: decodeFrame(frame, Date.now()) });
  }

  async figures(): Promise<unknown> {
    const records = this.heard.flatMap((parts) => parts.records);
    await this.store.add({ records, events: this.heard.flatMap(({ events }) => events) });
    return butAnswerTimes(await figuresOf(this.store));
  }
}

export async function figuresOfShared(server: StoreServer): Promise<unknown> {
  const store = await openPostgresStore(server.pool(), defaultDerivation, {
    schema: 'calls',
    citus: server.citus,
    onlyAnswers: true,
  });
  try {
    return butAnswerTimes(await figuresOf(store));
  } finally {
    await store.close();
  }
}

/** Where a PBX adds no times to its events, a call was answered when a process heard so. */
function butAnswerTimes(figures: unknown[]): unknown {
  return JSON.parse(JSON.stringify(figures, (name, value: unknown) => (name === 'answerTime' ? undefined : value)));
}

/** Records and queue events that are stored more than once, and how many are stored. */
export async function storedIn(server: StoreServer): Promise<{ records: number; events: number; doubled: number }> {
  const [found] = await server.run(
    'SELECT (SELECT count(*) FROM calls.record) AS records, (SELECT count(*) FROM calls.queue_event) AS events, ' +
      '(SELECT count(*) FROM (SELECT 1 FROM calls.record GROUP BY server, unique_id, sequence HAVING count(*) > 1) r) + ' +
      '(SELECT count(*) FROM (SELECT 1 FROM calls.queue_event GROUP BY server, unique_id, name HAVING count(*) > 1) e) AS doubled'
  );
  return { records: Number(found!.records), events: Number(found!.events), doubled: Number(found!.doubled) };
}
