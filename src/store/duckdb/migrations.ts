/**
 * Statements that bring a store from each schema version to the next; the version of a store is how many it has run. They
 * are frozen: what a released version wrote is what these wrote. A change to the tables is a new version at the end.
 *
 * A column of booleans is added IF NOT EXISTS: without it DuckDB 1.5 adds it in several statements, and refuses to commit
 * another change to the table in the same transaction.
 */
export const migrations: ReadonlyArray<readonly string[]> = [
  [
    `CREATE TABLE record (
      server VARCHAR, linked_id VARCHAR, linked_id_mapped BOOLEAN, unique_id VARCHAR, sequence INTEGER,
      start_time BIGINT, answer_time BIGINT, end_time BIGINT, utc_offset INTEGER, duration INTEGER,
      billable_seconds INTEGER, source VARCHAR, destination VARCHAR, destination_context VARCHAR,
      caller_id VARCHAR, channel VARCHAR, destination_channel VARCHAR, last_application VARCHAR,
      last_data VARCHAR, disposition VARCHAR, ama_flags VARCHAR, account_code VARCHAR, user_field VARCHAR,
      direction VARCHAR, agent VARCHAR, queue VARCHAR, custom VARCHAR
    )`,
    `CREATE TABLE queue_event (
      server VARCHAR, linked_id VARCHAR, unique_id VARCHAR, name VARCHAR, "at" BIGINT, utc_offset INTEGER,
      queue VARCHAR, interface VARCHAR, member_unique_id VARCHAR, "position" INTEGER, hold_time INTEGER,
      ring_time DOUBLE, talk_time INTEGER
    )`,
    `CREATE TABLE call (
      server VARCHAR, linked_id VARCHAR, source VARCHAR, destination VARCHAR, direction VARCHAR,
      disposition VARCHAR, outcome VARCHAR, account_code VARCHAR, duration INTEGER, utc_offset INTEGER,
      custom VARCHAR, start_time BIGINT, answer_time BIGINT, end_time BIGINT, talk_time INTEGER,
      wait_time INTEGER, ring_time INTEGER, billable_seconds INTEGER, queue VARCHAR, queues VARCHAR[],
      agent VARCHAR, agents VARCHAR[], records INTEGER, linked_id_mapped BOOLEAN
    )`,
    `CREATE TABLE queue_visit (
      server VARCHAR, linked_id VARCHAR, source VARCHAR, destination VARCHAR, direction VARCHAR,
      disposition VARCHAR, outcome VARCHAR, account_code VARCHAR, duration INTEGER, utc_offset INTEGER,
      custom VARCHAR, queue VARCHAR, unique_id VARCHAR, join_time BIGINT, leave_time BIGINT,
      visit_outcome VARCHAR, wait_time INTEGER, talk_time INTEGER, agent VARCHAR, derived BOOLEAN
    )`,
    `CREATE TABLE agent_leg (
      server VARCHAR, linked_id VARCHAR, source VARCHAR, destination VARCHAR, direction VARCHAR,
      disposition VARCHAR, outcome VARCHAR, account_code VARCHAR, duration INTEGER, utc_offset INTEGER,
      custom VARCHAR, agent VARCHAR, queue VARCHAR, start_time BIGINT, answered BOOLEAN, ring_time DOUBLE,
      talk_time INTEGER
    )`,
    `CREATE TABLE agent_stretch (
      server VARCHAR, agent VARCHAR, queues VARCHAR[], start_time BIGINT, end_time BIGINT, paused BOOLEAN,
      utc_offset INTEGER
    )`,
    'CREATE TABLE derivation ("key" VARCHAR)',
  ],
  [
    `CREATE TABLE gap (
      server VARCHAR, start_time BIGINT, end_time BIGINT, reason VARCHAR
    )`,
    `CREATE TABLE restart (
      server VARCHAR, "time" BIGINT
    )`,
    `CREATE TABLE heard (
      server VARCHAR, "at" BIGINT
    )`,
  ],
  [
    'ALTER TABLE record ADD COLUMN IF NOT EXISTS imported BOOLEAN DEFAULT false',
    'CREATE TABLE import_state ("key" VARCHAR, state VARCHAR)',
  ],
  [
    'CREATE TABLE acknowledged (store VARCHAR, sequence BIGINT, since BIGINT, "at" BIGINT)',
    `INSERT INTO acknowledged SELECT uuid()::VARCHAR, 0,
      least(epoch_ms(now()), coalesce((SELECT min(start_time) FROM record), epoch_ms(now()))), epoch_ms(now())`,
  ],
  ['CREATE TABLE pbx_clock (server VARCHAR, "from" BIGINT, "to" BIGINT, "offset" INTEGER)'],
  [
    'ALTER TABLE record ADD COLUMN IF NOT EXISTS queue_events_heard BOOLEAN DEFAULT false',
    'ALTER TABLE queue_event ADD COLUMN arrival INTEGER DEFAULT 0',
    "ALTER TABLE queue_event ADD COLUMN member_channel VARCHAR DEFAULT ''",
    "ALTER TABLE queue_event ADD COLUMN dial_status VARCHAR DEFAULT ''",
    'ALTER TABLE queue_event ADD COLUMN caller VARCHAR',
    "ALTER TABLE queue_event ADD COLUMN consult_linked_id VARCHAR DEFAULT ''",
    'ALTER TABLE queue_visit ADD COLUMN answer_delay INTEGER',
  ],
  ['CREATE TABLE derivation_run ("key" VARCHAR, server VARCHAR, linked_id VARCHAR, done BIGINT)'],
  [
    'CREATE TABLE queue_reading (server VARCHAR, queue VARCHAR, completed INTEGER, abandoned INTEGER, "at" BIGINT)',
    `CREATE TABLE queue_difference (
      server VARCHAR, queue VARCHAR, outcome VARCHAR, more INTEGER, start_time BIGINT, end_time BIGINT
    )`,
  ],
  // Calls with a record that tells no time, and when they were first noticed.
  ['CREATE TABLE undated (server VARCHAR, linked_id VARCHAR, seen BIGINT)'],
  [
    "ALTER TABLE queue_reading ADD COLUMN interface VARCHAR DEFAULT ''",
    'ALTER TABLE queue_reading ADD COLUMN since BIGINT DEFAULT 0',
    "ALTER TABLE queue_difference ADD COLUMN agent VARCHAR DEFAULT ''",
  ],
  [
    'ALTER TABLE queue_event ADD COLUMN IF NOT EXISTS imported BOOLEAN DEFAULT false',
    'ALTER TABLE queue_visit ADD COLUMN IF NOT EXISTS imported BOOLEAN DEFAULT false',
  ],
  // An imported record that came live as well is not marked as imported.
  [
    'CREATE TABLE imported (server VARCHAR, "until" BIGINT)',
    'INSERT INTO imported SELECT server, max(start_time) FROM record WHERE imported AND start_time IS NOT NULL GROUP BY server',
  ],
  ['CREATE TABLE learned_name (server VARCHAR, agent VARCHAR, name VARCHAR)'],
  [
    "ALTER TABLE record ADD COLUMN did VARCHAR DEFAULT ''",
    "ALTER TABLE record ADD COLUMN trunk VARCHAR DEFAULT ''",
    "ALTER TABLE record ADD COLUMN calling_agent VARCHAR DEFAULT ''",
    "ALTER TABLE call ADD COLUMN did VARCHAR DEFAULT ''",
    "ALTER TABLE call ADD COLUMN trunk VARCHAR DEFAULT ''",
    "ALTER TABLE call ADD COLUMN calling_agent VARCHAR DEFAULT ''",
    "ALTER TABLE queue_visit ADD COLUMN did VARCHAR DEFAULT ''",
    "ALTER TABLE queue_visit ADD COLUMN trunk VARCHAR DEFAULT ''",
    "ALTER TABLE queue_visit ADD COLUMN calling_agent VARCHAR DEFAULT ''",
    "ALTER TABLE agent_leg ADD COLUMN did VARCHAR DEFAULT ''",
    "ALTER TABLE agent_leg ADD COLUMN trunk VARCHAR DEFAULT ''",
    "ALTER TABLE agent_leg ADD COLUMN calling_agent VARCHAR DEFAULT ''",
  ],
  [
    "ALTER TABLE queue_event ADD COLUMN ended_by VARCHAR DEFAULT ''",
    "ALTER TABLE call ADD COLUMN ended_by VARCHAR DEFAULT ''",
    "ALTER TABLE queue_visit ADD COLUMN ended_by VARCHAR DEFAULT ''",
    "ALTER TABLE agent_leg ADD COLUMN ended_by VARCHAR DEFAULT ''",
  ],
  [
    'ALTER TABLE queue_event ADD COLUMN transfer VARCHAR',
    'ALTER TABLE call ADD COLUMN transfers INTEGER DEFAULT 0',
    `CREATE TABLE transfer (
      server VARCHAR, linked_id VARCHAR, source VARCHAR, destination VARCHAR, direction VARCHAR,
      disposition VARCHAR, outcome VARCHAR, account_code VARCHAR, duration INTEGER, utc_offset INTEGER,
      custom VARCHAR, did VARCHAR, trunk VARCHAR, calling_agent VARCHAR, kind VARCHAR, transfer_time BIGINT,
      agent VARCHAR, queue VARCHAR, extension VARCHAR, transfer_target VARCHAR, target_kind VARCHAR,
      result VARCHAR, derived BOOLEAN, ended_by VARCHAR
    )`,
  ],
  // What agents are paused for.
  ["ALTER TABLE agent_stretch ADD COLUMN pause_reason VARCHAR DEFAULT ''"],
  ['ALTER TABLE agent_leg ADD COLUMN IF NOT EXISTS refused BOOLEAN DEFAULT false'],
  ['ALTER TABLE agent_stretch ADD COLUMN IF NOT EXISTS wrap_up BOOLEAN DEFAULT false'],
];
