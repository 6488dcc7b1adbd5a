/** The columns of sums of calls, and how each is made from a table of calls `f`. */
const callSums: ReadonlyArray<readonly [column: string, type: string, sum: string]> = [
  ['calls', 'INTEGER', 'count(*)'],
  ...['answered', 'abandoned', 'missed', 'busy'].map(
    (outcome) => [outcome, 'INTEGER', `count(*) FILTER (WHERE f.outcome = '${outcome}')`] as const
  ),
  ['failed', 'INTEGER', "count(*) FILTER (WHERE f.outcome IN ('failed', 'congestion'))"],
  ['self_served', 'INTEGER', "count(*) FILTER (WHERE f.outcome = 'self-served')"],
  ['unmapped', 'INTEGER', 'count(*) FILTER (WHERE NOT f.linked_id_mapped)'],
  // A clock that jumped makes a call of decades: thousands of them are no more than this holds.
  ['talk_seconds', 'BIGINT', "coalesce(sum(f.talk_time) FILTER (WHERE f.outcome = 'answered'), 0)"],
  ['ring_seconds', 'BIGINT', "coalesce(sum(f.ring_time) FILTER (WHERE f.outcome = 'answered'), 0)"],
];

const callSumsOf = (table: string, sign: string): string =>
  `INSERT INTO call_sum AS known
    SELECT f.start_time - (f.start_time % 900000 + 900000) % 900000, f.server, f.direction,
      ${callSums.map(([, , sum]) => `${sign} * ${sum}`).join(', ')}
    FROM ${table} f WHERE f.start_time IS NOT NULL GROUP BY 1, 2, 3
    ON CONFLICT (start_time, server, direction) DO UPDATE SET
      ${callSums.map(([column]) => `${column} = known.${column} + excluded.${column}`).join(', ')};`;

const callSumsAfter = (event: string, rows: 'NEW' | 'OLD'): string =>
  `CREATE TRIGGER call_sum_${event}_${rows} AFTER ${event} ON call REFERENCING ${rows} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_call_sums('${rows === 'NEW' ? 1 : -1}');`;

/**
 * Statements that bring a schema from each version to the next; the version of a schema is how many it has run. They are
 * frozen: what a released version wrote is what these wrote. A change to the tables is a new version at the end.
 *
 * Tables of calls are cut by the month of their time; what has none, or one that no clock shows, is in the default part.
 * Every key has the linked id, by which Citus spreads them, and the time, by which they are cut. Texts are in the order of
 * bytes.
 */
export const migrations: ReadonlyArray<readonly string[]> = [
  [
    `CREATE TABLE record (
      server TEXT COLLATE "C", linked_id TEXT COLLATE "C", linked_id_mapped BOOLEAN, unique_id TEXT COLLATE "C",
      sequence INTEGER, start_time BIGINT, answer_time BIGINT, end_time BIGINT, utc_offset INTEGER, duration INTEGER,
      billable_seconds INTEGER, source TEXT COLLATE "C", destination TEXT COLLATE "C",
      destination_context TEXT COLLATE "C", caller_id TEXT COLLATE "C", channel TEXT COLLATE "C",
      destination_channel TEXT COLLATE "C", last_application TEXT COLLATE "C", last_data TEXT COLLATE "C",
      disposition TEXT COLLATE "C", ama_flags TEXT COLLATE "C", account_code TEXT COLLATE "C",
      user_field TEXT COLLATE "C", direction TEXT COLLATE "C", agent TEXT COLLATE "C", queue TEXT COLLATE "C",
      custom JSONB, imported BOOLEAN, queue_events_heard BOOLEAN, key BIGINT
    ) PARTITION BY RANGE (start_time)`,
    `CREATE TABLE queue_event (
      server TEXT COLLATE "C", linked_id TEXT COLLATE "C", unique_id TEXT COLLATE "C", name TEXT COLLATE "C",
      "at" BIGINT, utc_offset INTEGER, queue TEXT COLLATE "C", interface TEXT COLLATE "C",
      member_unique_id TEXT COLLATE "C", "position" INTEGER, hold_time INTEGER, ring_time DOUBLE PRECISION,
      talk_time INTEGER, arrival INTEGER, member_channel TEXT COLLATE "C", dial_status TEXT COLLATE "C", caller JSONB,
      consult_linked_id TEXT COLLATE "C", key BIGINT
    ) PARTITION BY RANGE ("at")`,
    `CREATE TABLE call (
      start_time BIGINT, outcome TEXT COLLATE "C", direction TEXT COLLATE "C", server TEXT COLLATE "C",
      duration INTEGER, talk_time INTEGER, wait_time INTEGER, ring_time INTEGER, utc_offset INTEGER,
      queue TEXT COLLATE "C", agent TEXT COLLATE "C", disposition TEXT COLLATE "C", linked_id TEXT COLLATE "C",
      source TEXT COLLATE "C", destination TEXT COLLATE "C", account_code TEXT COLLATE "C", answer_time BIGINT,
      end_time BIGINT, billable_seconds INTEGER, queues TEXT[] COLLATE "C", agents TEXT[] COLLATE "C",
      records INTEGER, linked_id_mapped BOOLEAN, custom JSONB, key BIGINT
    ) PARTITION BY RANGE (start_time)`,
    `CREATE TABLE queue_visit (
      join_time BIGINT, queue TEXT COLLATE "C", visit_outcome TEXT COLLATE "C", wait_time INTEGER, talk_time INTEGER,
      answer_delay INTEGER, derived BOOLEAN, server TEXT COLLATE "C", agent TEXT COLLATE "C", utc_offset INTEGER,
      direction TEXT COLLATE "C", outcome TEXT COLLATE "C", linked_id TEXT COLLATE "C", source TEXT COLLATE "C",
      destination TEXT COLLATE "C", disposition TEXT COLLATE "C", account_code TEXT COLLATE "C", duration INTEGER,
      unique_id TEXT COLLATE "C", leave_time BIGINT, custom JSONB, key BIGINT
    ) PARTITION BY RANGE (join_time)`,
    `CREATE TABLE agent_leg (
      start_time BIGINT, agent TEXT COLLATE "C", answered BOOLEAN, talk_time INTEGER,
      ring_time DOUBLE PRECISION, server TEXT COLLATE "C", queue TEXT COLLATE "C", utc_offset INTEGER,
      direction TEXT COLLATE "C", outcome TEXT COLLATE "C", linked_id TEXT COLLATE "C", source TEXT COLLATE "C",
      destination TEXT COLLATE "C", disposition TEXT COLLATE "C", account_code TEXT COLLATE "C", duration INTEGER,
      custom JSONB, key BIGINT
    ) PARTITION BY RANGE (start_time)`,
    'CREATE UNIQUE INDEX record_key ON record (linked_id, server, key, start_time) NULLS NOT DISTINCT',
    'CREATE UNIQUE INDEX queue_event_key ON queue_event (linked_id, server, key, "at") NULLS NOT DISTINCT',
    'CREATE UNIQUE INDEX call_key ON call (linked_id, server, key, start_time) NULLS NOT DISTINCT',
    'CREATE UNIQUE INDEX queue_visit_key ON queue_visit (linked_id, server, key, join_time) NULLS NOT DISTINCT',
    'CREATE UNIQUE INDEX agent_leg_key ON agent_leg (linked_id, server, key, start_time) NULLS NOT DISTINCT',
    'CREATE INDEX record_time ON record (start_time)',
    'CREATE INDEX queue_event_time ON queue_event ("at")',
    // Twins of a record are looked for by its channel.
    'CREATE INDEX record_channel ON record (channel)',
    // With all that rates ask for, so that they read no row.
    `CREATE INDEX call_rates ON call (start_time)
      INCLUDE (outcome, direction, server, queue, agent, talk_time, ring_time, utc_offset)`,
    `CREATE INDEX queue_visit_rates ON queue_visit (join_time)
      INCLUDE (queue, visit_outcome, wait_time, answer_delay, talk_time, derived, server, agent, utc_offset)`,
    `CREATE INDEX agent_leg_rates ON agent_leg (start_time)
      INCLUDE (agent, answered, talk_time, server, queue, utc_offset)`,
    'CREATE TABLE record_undated PARTITION OF record DEFAULT',
    'CREATE TABLE queue_event_undated PARTITION OF queue_event DEFAULT',
    'CREATE TABLE call_undated PARTITION OF call DEFAULT',
    'CREATE TABLE queue_visit_undated PARTITION OF queue_visit DEFAULT',
    'CREATE TABLE agent_leg_undated PARTITION OF agent_leg DEFAULT',
    `CREATE TABLE agent_stretch (
      server TEXT COLLATE "C", agent TEXT COLLATE "C", queues TEXT[] COLLATE "C", start_time BIGINT, end_time BIGINT,
      paused BOOLEAN, utc_offset INTEGER
    )`,
    'CREATE UNIQUE INDEX agent_stretch_key ON agent_stretch (server, agent, start_time)',
    'CREATE INDEX agent_stretch_time ON agent_stretch (start_time)',
    // Calls with a record that tells no time, and when they were first noticed.
    `CREATE TABLE undated (
      server TEXT COLLATE "C", linked_id TEXT COLLATE "C", seen BIGINT, PRIMARY KEY (linked_id, server)
    )`,
    'CREATE TABLE derivation (key TEXT COLLATE "C")',
    `CREATE TABLE derivation_run (
      key TEXT COLLATE "C", server TEXT COLLATE "C", linked_id TEXT COLLATE "C", done BIGINT
    )`,
    'CREATE TABLE gap (server TEXT COLLATE "C", start_time BIGINT, end_time BIGINT, reason TEXT COLLATE "C")',
    'CREATE TABLE restart (server TEXT COLLATE "C", "time" BIGINT)',
    'CREATE TABLE heard (server TEXT COLLATE "C", "at" BIGINT)',
    'CREATE TABLE import_state (key TEXT COLLATE "C", state JSONB)',
    'CREATE TABLE imported (server TEXT COLLATE "C" PRIMARY KEY, "until" BIGINT)',
    'CREATE TABLE pbx_clock (server TEXT COLLATE "C", "from" BIGINT, "to" BIGINT, "offset" INTEGER)',
    `CREATE TABLE queue_reading (
      server TEXT COLLATE "C", queue TEXT COLLATE "C", completed INTEGER, abandoned INTEGER, "at" BIGINT
    )`,
    `CREATE TABLE queue_difference (
      server TEXT COLLATE "C", queue TEXT COLLATE "C", outcome TEXT COLLATE "C", more INTEGER, start_time BIGINT,
      end_time BIGINT
    )`,
  ],
  [
    `ALTER TABLE queue_reading ADD COLUMN interface TEXT COLLATE "C" DEFAULT ''`,
    'ALTER TABLE queue_reading ADD COLUMN since BIGINT DEFAULT 0',
    `ALTER TABLE queue_difference ADD COLUMN agent TEXT COLLATE "C" DEFAULT ''`,
  ],
  [
    'ALTER TABLE queue_event ADD COLUMN imported BOOLEAN DEFAULT false',
    'ALTER TABLE queue_visit ADD COLUMN imported BOOLEAN DEFAULT false',
    'CREATE INDEX queue_event_imported ON queue_event (server) WHERE imported',
  ],
  [
    // Who writes: one row. Its epoch grows each time that another process does.
    `CREATE TABLE lease (
      holder TEXT COLLATE "C", name TEXT COLLATE "C", epoch BIGINT NOT NULL, since TIMESTAMPTZ NOT NULL,
      "until" TIMESTAMPTZ NOT NULL
    )`,
    "INSERT INTO lease VALUES (NULL, NULL, 0, 'epoch', 'epoch')",
    `CREATE TABLE heard_span (
      process TEXT COLLATE "C", server TEXT COLLATE "C", "from" BIGINT, "to" BIGINT,
      PRIMARY KEY (process, server, "from")
    )`,
    // What each write changed, for other processes to show; some minutes of it.
    `CREATE TABLE change (
      id BIGSERIAL PRIMARY KEY, process TEXT COLLATE "C", calls JSONB, removed_before BIGINT,
      "at" TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
    )`,
    'CREATE INDEX change_at ON change ("at")',
  ],
  ['CREATE TABLE learned_name (server TEXT COLLATE "C", agent TEXT COLLATE "C", name TEXT COLLATE "C")'],
  [
    // PBXes that were taken out of service, and when.
    'CREATE TABLE forgotten (server TEXT COLLATE "C" PRIMARY KEY, "at" BIGINT NOT NULL)',
    // The queues of each PBX as they are now, told by one of the processes that hear it.
    `CREATE TABLE queue_board (
      server TEXT COLLATE "C" PRIMARY KEY, process TEXT COLLATE "C" NOT NULL, queues JSONB NOT NULL,
      "at" TIMESTAMPTZ NOT NULL
    )`,
  ],
  [
    `ALTER TABLE record ADD COLUMN did TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE record ADD COLUMN trunk TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE record ADD COLUMN calling_agent TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE call ADD COLUMN did TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE call ADD COLUMN trunk TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE call ADD COLUMN calling_agent TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE queue_visit ADD COLUMN did TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE queue_visit ADD COLUMN trunk TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE queue_visit ADD COLUMN calling_agent TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE agent_leg ADD COLUMN did TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE agent_leg ADD COLUMN trunk TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE agent_leg ADD COLUMN calling_agent TEXT COLLATE "C" DEFAULT ''`,
  ],
  [
    // The measures that questions ask together are all in an index, with what has a fixed length first.
    'DROP INDEX call_rates',
    'DROP INDEX queue_visit_rates',
    // What rates over time ask for without groups or filters: short, so that a year of it is read soon.
    'CREATE INDEX call_outcomes ON call (start_time) INCLUDE (linked_id_mapped, talk_time, ring_time, outcome)',
    `CREATE INDEX call_rates ON call (start_time)
      INCLUDE (linked_id_mapped, talk_time, ring_time, utc_offset, outcome, direction, server, queue, agent)`,
    `CREATE INDEX queue_visit_rates ON queue_visit (join_time)
      INCLUDE (wait_time, answer_delay, talk_time, utc_offset, derived, imported, visit_outcome, queue, server, agent)`,
  ],
  [
    // Where the times of a whole table were analysed, sums by hour would be taken for as many as there are times, and not be
    // made in parallel. Each part keeps what is known of its own. Citus knows no such setting, and analyses no whole table.
    `DO $$ BEGIN ALTER TABLE ONLY record ALTER COLUMN start_time SET STATISTICS 0;
      EXCEPTION WHEN feature_not_supported THEN NULL; END $$`,
    `DO $$ BEGIN ALTER TABLE ONLY call ALTER COLUMN start_time SET STATISTICS 0;
      EXCEPTION WHEN feature_not_supported THEN NULL; END $$`,
    `DO $$ BEGIN ALTER TABLE ONLY queue_visit ALTER COLUMN join_time SET STATISTICS 0;
      EXCEPTION WHEN feature_not_supported THEN NULL; END $$`,
    `DO $$ BEGIN ALTER TABLE ONLY agent_leg ALTER COLUMN start_time SET STATISTICS 0;
      EXCEPTION WHEN feature_not_supported THEN NULL; END $$`,
  ],
  [
    // What goes on at the same time is found by when it ended, however long it lasted. See `flowSql`.
    'CREATE INDEX call_ends ON call (end_time) INCLUDE (start_time, server, direction, queue, trunk)',
    'CREATE INDEX queue_visit_ends ON queue_visit ((leave_time + CAST(coalesce(talk_time, 0) AS BIGINT) * 1000))',
  ],
  [
    `ALTER TABLE queue_event ADD COLUMN ended_by TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE call ADD COLUMN ended_by TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE queue_visit ADD COLUMN ended_by TEXT COLLATE "C" DEFAULT ''`,
    `ALTER TABLE agent_leg ADD COLUMN ended_by TEXT COLLATE "C" DEFAULT ''`,
  ],
  [
    'ALTER TABLE queue_event ADD COLUMN transfer JSONB',
    'ALTER TABLE call ADD COLUMN transfers INTEGER DEFAULT 0',
    `CREATE TABLE transfer (
      transfer_time BIGINT, kind TEXT COLLATE "C", result TEXT COLLATE "C", derived BOOLEAN,
      agent TEXT COLLATE "C", queue TEXT COLLATE "C", transfer_target TEXT COLLATE "C", target_kind TEXT COLLATE "C",
      extension TEXT COLLATE "C", server TEXT COLLATE "C", linked_id TEXT COLLATE "C", utc_offset INTEGER,
      source TEXT COLLATE "C", destination TEXT COLLATE "C", direction TEXT COLLATE "C", disposition TEXT COLLATE "C",
      outcome TEXT COLLATE "C", account_code TEXT COLLATE "C", did TEXT COLLATE "C", trunk TEXT COLLATE "C",
      calling_agent TEXT COLLATE "C", ended_by TEXT COLLATE "C", duration INTEGER, custom JSONB, key BIGINT
    ) PARTITION BY RANGE (transfer_time)`,
    'CREATE UNIQUE INDEX transfer_key ON transfer (linked_id, server, key, transfer_time) NULLS NOT DISTINCT',
    `CREATE INDEX transfer_rates ON transfer (transfer_time)
      INCLUDE (kind, result, derived, agent, queue, transfer_target, server, utc_offset)`,
    'CREATE TABLE transfer_undated PARTITION OF transfer DEFAULT',
  ],
  // What agents are paused for.
  [`ALTER TABLE agent_stretch ADD COLUMN pause_reason TEXT COLLATE "C" DEFAULT ''`],
  [
    'ALTER TABLE agent_leg ADD COLUMN refused BOOLEAN DEFAULT false',
    'DROP INDEX agent_leg_rates',
    `CREATE INDEX agent_leg_rates ON agent_leg (start_time)
      INCLUDE (talk_time, utc_offset, answered, refused, agent, queue, server)`,
    // Few calls are made by agents.
    `CREATE INDEX call_made ON call (start_time)
      INCLUDE (talk_time, utc_offset, outcome, direction, calling_agent, server, queue) WHERE calling_agent <> ''`,
  ],
  ['ALTER TABLE agent_stretch ADD COLUMN wrap_up BOOLEAN DEFAULT false'],
  [
    // What goes on at each PBX now, its queues and its calls, told by one of the processes that hear it.
    'DROP TABLE queue_board',
    `CREATE TABLE pbx_board (
      server TEXT COLLATE "C" PRIMARY KEY, process TEXT COLLATE "C" NOT NULL, board JSONB NOT NULL,
      "at" TIMESTAMPTZ NOT NULL
    )`,
  ],
  [
    // Calls of a quarter of an hour, summed as they are stored, by whoever stores them: an older version of the plugin too.
    // Not where Citus spreads calls, which knows no triggers.
    `DO $$ BEGIN
      IF to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL THEN
        IF EXISTS (SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = 'call'::regclass) THEN
          RETURN;
        END IF;
      END IF;
      CREATE TABLE call_sum (
        start_time BIGINT, server TEXT COLLATE "C", direction TEXT COLLATE "C",
        ${callSums.map(([column, type]) => `${column} ${type} NOT NULL`).join(', ')}
      ) WITH (fillfactor = 70);
      CREATE UNIQUE INDEX call_sum_key ON call_sum (start_time, server, direction) NULLS NOT DISTINCT;
      CREATE FUNCTION keep_call_sums() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$ BEGIN
        ${callSumsOf('changed', 'TG_ARGV[0]::INTEGER')}
        RETURN NULL;
      END $function$;
      ${callSumsAfter('INSERT', 'NEW')}
      ${callSumsAfter('DELETE', 'OLD')}
      ${callSumsAfter('UPDATE', 'OLD')}
      ${callSumsAfter('UPDATE', 'NEW')}
      ${callSumsOf('call', '1')}
    END $$`,
  ],
];
