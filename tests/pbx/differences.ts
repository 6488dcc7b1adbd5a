/** Where a source can't say what Asterisk counts: the lines that stand instead, by queue. */
export interface Differences {
  /** `offered answered abandoned`; null where the queue is not known at all. */
  queues: Readonly<Record<string, string | null>>;
  /** `agent handled missed`, a line an agent. */
  agents: Readonly<Record<string, readonly string[]>>;
  /** Queues of which the service level can't be said. */
  serviceLevels: readonly string[];
}

/** The calls that came and went while amiws was away. */
const live: Differences = {
  queues: { unheard: null, 'unheard-answer': null },
  agents: { 'unheard-answer': [] },
  serviceLevels: [],
};

/** docs/metrics.md, "What records can't tell". */
const history: Differences = {
  queues: {
    // A key that leads out of the queue looks like giving up.
    keyed: '1 0 1',
    // One of two left no record: nobody answered and no phone rang (`unanswered = no`).
    nobody: '1 0 1',
    // Six of seven left no record: they gave up while the agent talked.
    'all-busy': '1 1 0',
    // In the same queue twice, with nothing in between that leaves a record.
    twice: '1 0 1',
    // Asterisk crashed: the calls that went on left no record.
    restarted: '3 3 0',
    'restarted-waiting': '1 0 1',
  },
  agents: {
    // The caller left while the phone rang; on a busy PBX, or between two rings.
    keyed: ['1047 0 1'],
    silent: ['1002 0 [56]'],
    unheard: ['1054 0 1'],
    // The phone behind the member's Local channel.
    'local-plain': ['1021 1 0'],
    'local-kept': ['1022 1 0'],
    // Who talked: after a 302, and after a pickup.
    moved: ['1042 1 0'],
    'picked-up': ['1044 1 0'],
    // Rings that rang no phone: the agent had just logged in.
    pool: ['Local/7001@agent-pool 1 0'],
    restarted: ['1052 3 0'],
  },
  // `local-chain`: after Answer() records do not tell the wait.
  // `silent`: the wait after the last ring is in no record, so that one who timed out after 4 s waited 3.
  serviceLevels: ['keyed', 'nobody', 'all-busy', 'twice', 'silent', 'local-chain'],
};

/**
 * Queues of which QueueSummary counts talk only while the member's own phone is in it; AgentComplete and queue_log count all
 * of it.
 */
export const talksCutShort: readonly string[] = ['parked', 'picked-up'];

/** Nobody was away. */
const ami: Differences = { queues: {}, agents: {}, serviceLevels: [] };

export const differences = { live, ami, csv: history, table: history };
