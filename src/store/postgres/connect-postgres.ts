import { Client, Pool, type ClientConfig } from 'pg';
import { databasePorts } from '../../settings/database-port';
import { GuardedSocket } from '../../database/guarded-socket';
import { refuseClearText } from '../../database/refuse-clear-text';
import { isSocketFolder } from '../../settings/database-host';
import type { CdrSecrets } from '../../settings/settings';
import type { StoreSettings } from '../../settings/store-settings';

export type StoreSecrets = Pick<CdrSecrets, 'storePassword' | 'storeCACert' | 'storeClientCert' | 'storeClientKey'>;

/** How long a connection may take to open, and how long a free one is waited for. Milliseconds. */
const connectMs = 10_000;
/** Shorter than firewalls and balancers forget connections that are quiet. Milliseconds. */
const idleMs = 60_000;
const keepAliveMs = 30_000;
/** A connection is closed after so long, so that a balancer or a failover moves the pool along. Seconds. */
const lifetime = 3_600;

/**
 * The connections of a store. None is opened before it is needed, and none keeps a setting of its own, since behind
 * PgBouncer the next statement may reach another session.
 *
 * @param onNotice hears why a connection broke that nobody used
 */
export function connectPostgres(
  settings: StoreSettings,
  secrets: StoreSecrets,
  onNotice: (notice: string) => void
): Pool {
  const { host, port, database, user, poolSize } = settings;
  const pool = new Pool({
    host,
    port: port || databasePorts.postgres,
    database,
    user,
    // A function, since pg takes an empty text for none and looks for one in the environment and in files.
    password: () => passwordOf(secrets),
    ssl: tlsOf(settings, secrets),
    max: poolSize,
    // A transaction and what is asked in it need one round trip.
    pipeline: true,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: idleMs,
    maxLifetimeSeconds: lifetime,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    application_name: 'amiws-cdr-datasource',
    stream: () => new GuardedSocket(),
    Client: clientOf(settings),
  });
  pool.on('error', ({ message }) => onNotice(`A connection to PostgreSQL was lost: ${message}`));
  return pool;
}

/** @throws Error where the server asks for one and none is known, so that no wrong one is ever sent */
function passwordOf({ storePassword }: StoreSecrets): string {
  if (!storePassword) {
    throw new NoPasswordError();
  }
  return storePassword;
}

/** The server asks for a password, and none is set. */
export class NoPasswordError extends Error {
  override name = 'NoPasswordError';

  constructor() {
    super('The server asks for a password, and none is set.');
  }
}

function clientOf({ host, tls }: StoreSettings): new (config?: ClientConfig) => Client {
  const isTrusted = tls === 'verify' || isSocketFolder(host);
  return class StoreClient extends Client {
    constructor(config?: ClientConfig) {
      super(config);
      const socket = this.connection.stream as GuardedSocket;
      this.connection.on('sslconnect', () => socket.guard(this.connection.stream));
      if (!isTrusted) {
        refuseClearText(this, (whatItDid) => socket.destroy(new Error(`The server ${whatItDid}.`)));
      }
    }
  };
}

function tlsOf({ host, tls }: StoreSettings, secrets: StoreSecrets): ClientConfig['ssl'] {
  if (tls === 'off' || isSocketFolder(host)) {
    return false;
  }
  const { storeCACert: ca, storeClientCert: cert, storeClientKey: key } = secrets;
  return {
    rejectUnauthorized: tls === 'verify',
    ...(ca && { ca }),
    ...(cert && key && { cert, key }),
  };
}
