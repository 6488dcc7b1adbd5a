/** What keeps a store from being opened, written, or read, and what to do. */
export const storeSentences = {
  'store.place.duckdb': 'a DuckDB file',
  'store.place.postgres': 'PostgreSQL, database {{- database}} at {{- host}}, schema {{- schema}}',
  'store.opening': 'The store is being opened.',
  'store.reopening': 'The store is opened again with the new settings.',
  'store.closed': 'The store is closed.',
  'store.unavailable': "Calls can't be stored or read at the moment.",
  'store.slow': 'A write to the store has taken {{seconds, number}} s so far.',
  'store.no-answer':
    "The store doesn't answer within {{seconds, number}} s. Check what keeps it busy or locks its tables.",
  'store.retried': 'Waiting CDRs are then stored automatically.',
  'store.file.locked':
    'Another process has the file of the store open. End that process, or set a separate data_path for each Grafana server.',
  'store.file.damaged':
    'The file of the store is damaged. The Grafana log names the file. To keep the history, restore the file from a backup. To start with an empty store, move the file and the .wal file next to it away. The store is then opened automatically.',
  'store.file.handles':
    'The process has too few file handles for the store. Raise the limit of open files for Grafana (LimitNOFILE in its systemd unit, or ulimit -n).',
  'store.file.rights':
    "The file or folder of the store isn't writable. Allow the user that runs Grafana to write there, or set data_path in [plugin.amiws-cdr-datasource] of the Grafana configuration to a writable folder.",
  'store.file.in-the-way':
    'A file exists at the path of the folder of the store. Remove it, or set data_path in [plugin.amiws-cdr-datasource] of the Grafana configuration to a folder.',
  'store.file.full': 'No space is left on the disk of the store. Free some space.',
  'store.file.invalidated':
    'The store was closed after an error and is opened again automatically. The Grafana log contains the error.',
  'store.postgres.refused':
    'No PostgreSQL server listens at that host and port. Check both under Storage, that the server runs, and that it listens on external addresses (listen_addresses in postgresql.conf).',
  'store.postgres.unknown-host':
    "The host of the PostgreSQL server can't be resolved. Check its spelling under Storage.",
  'store.postgres.silent':
    "The PostgreSQL server doesn't answer in time. Check host and port under Storage, and the firewall between Grafana and the server.",
  'store.postgres.no-tls':
    "The PostgreSQL server doesn't support TLS. Set up a certificate (ssl, ssl_cert_file, and ssl_key_file in postgresql.conf), or turn off TLS under Storage if the network between the server and Grafana is trusted.",
  'store.postgres.only-tls': 'The PostgreSQL server requires TLS. Turn on TLS under Storage.',
  'store.postgres.untrusted':
    'TLS with the PostgreSQL server failed. Check the certificate authority under Storage, and the certificate of the server.',
  'store.postgres.refused-user':
    'PostgreSQL rejects the user {{- user}}. Check user, password, and TLS under Storage, and that pg_hba.conf has a line for this user, the database {{- database}}, and the Grafana server.',
  'store.postgres.no-database':
    'PostgreSQL has no database {{- database}}. Create it with {{- statement}}, or correct the name under Storage.',
  'store.postgres.certificate-name':
    "The certificate of the PostgreSQL server doesn't match the host under Storage. Enter the host name from the certificate, or set up a certificate for this host.",
  'store.postgres.certificate-expired': 'The certificate of the PostgreSQL server has expired. Renew it.',
  'store.postgres.certificate-unknown':
    "The authority that signed the certificate of the PostgreSQL server isn't trusted. Enter the PEM of that authority under Storage, or the PEM of the certificate itself if it is self-signed.",
  'store.postgres.no-socket':
    'No socket of a PostgreSQL server is in that folder. Check folder and port under Storage, and unix_socket_directories in postgresql.conf.',
  'store.postgres.socket-rights':
    "The user that runs Grafana can't access the socket of the PostgreSQL server. Check the permissions of its folder.",
  'store.postgres.broken': 'The connection to PostgreSQL was interrupted, for example by a restart or a failover.',
  'store.postgres.starting': 'The PostgreSQL server is starting, stopping, or recovering.',
  'store.postgres.full':
    'No space is left on the disk of the PostgreSQL server. Free some space there, or shorten the retention period.',
  'store.postgres.memory': 'The PostgreSQL server is out of memory. Lower its work_mem, or add memory.',
  'store.postgres.connections':
    'The PostgreSQL server accepts no more connections. Raise max_connections (or the CONNECTION LIMIT of the role or database), use PgBouncer, or lower Connections under Storage (set to {{poolSize, number}} for each Grafana server).',
  'store.postgres.no-schema': 'The schema is missing from the database. The store is set up again automatically.',
  'store.postgres.no-table':
    'A table of the store is missing from the database. The store is set up again automatically.',
  'store.postgres.locked': 'Another session locks a table of the store. End the session that holds the lock.',
  'store.postgres.pooler':
    "PgBouncer can't reach the PostgreSQL server. Check that the server runs, and check [databases] in pgbouncer.ini.",
  'store.postgres.slow':
    'A statement was canceled after {{seconds, number}} s. Check what keeps the PostgreSQL server busy or locks its tables.',
  'store.postgres.pool':
    'All {{poolSize, number}} connections to PostgreSQL were in use for too long. Raise Connections under Storage, or refresh dashboards with many panels less often.',
  'store.postgres.no-password':
    'PostgreSQL requires a password for the user {{- user}}, but none is set. Enter it under Storage. After a restart of Grafana, the password is available with the first request; until then, CDRs wait in memory.',
  'store.postgres.standby':
    'The PostgreSQL server is a read-only standby, so calls can be read but not stored. Enter the host of the primary under Storage, or a name that follows it.',
  'store.postgres.grant-schema':
    'PostgreSQL denies access to the user {{- user}} ({{- message}}). Run {{- statement}} as the owner of the schema.',
  'store.postgres.grant-create':
    'PostgreSQL denies access to the user {{- user}} ({{- message}}). Run {{- statement}} as the owner of the schema. If this user is only meant to read, set Who listens to the PBX to Only other servers under Storage.',
  'store.postgres.grant-tables':
    'PostgreSQL denies access to the user {{- user}} ({{- message}}). A user that stores calls must own the tables: enter their owner under Storage. If this user is the owner, run {{- statement}}. If it is only meant to read, set Who listens to the PBX to Only other servers under Storage.',
  'store.postgres.owner':
    'PostgreSQL lets only the owner change the tables of the store, not the user {{- user}} ({{- message}}). Enter their owner under Storage.',
  'store.postgres.grant-database':
    'PostgreSQL denies access to the user {{- user}} ({{- message}}). Run GRANT CREATE ON DATABASE {{- database}} TO {{- role}}, or CREATE SCHEMA {{- schema}} AUTHORIZATION {{- role}} as the owner of the database.',
} as const;
