import type { Call, Outcome } from '../cdr/call';
import { mapInTurns } from '../cdr/in-turns';
import type { CdrRecord } from '../cdr/record';
import { recordKey } from '../cdr/record-key';
import type { Answer, AnswerMeta, TextOrigin } from './answer';

interface Line {
  /** Epoch milliseconds. */
  timestamp: number;
  body: string;
  severity: 'info' | 'warning' | 'error';
  id: string;
  labels: Record<string, string>;
}

const severities: Readonly<Record<Outcome, Line['severity']>> = {
  answered: 'info',
  'self-served': 'info',
  abandoned: 'warning',
  missed: 'warning',
  busy: 'warning',
  failed: 'error',
  congestion: 'error',
};

const dispositionSeverities: Readonly<Record<string, Line['severity']>> = {
  ANSWERED: 'info',
  FAILED: 'error',
  CONGESTION: 'error',
};

/** The severity of the lines of some outcome, or of some disposition of records. */
export function severityOf({ outcome, disposition }: Readonly<Record<string, string>>): Line['severity'] {
  return outcome === undefined
    ? (dispositionSeverities[disposition ?? ''] ?? 'warning')
    : (severities[outcome as Outcome] ?? 'warning');
}

/**
 * Calls as lines of a log, as Explore shows them.
 * Source: Grafana's data plane, frame type log-lines 0.1 (fields timestamp, body, severity, id, labels).
 */
export async function callLines(calls: readonly Call[], meta: AnswerMeta): Promise<Answer> {
  return logLines('Calls', await mapInTurns(calls, callLine), meta);
}

export async function recordLines(records: readonly CdrRecord[], meta: AnswerMeta): Promise<Answer> {
  return logLines('Call records', await mapInTurns(records, recordLine), meta);
}

function callLine(call: Call): Line {
  const { outcome, direction, queue, agent, server, linkedId } = call;
  const parts = [
    `${direction} ${call.source || '?'} → ${call.destination || '?'} ${outcome}`,
    queue && `queue ${queue}`,
    agent && `agent ${agent}`,
    `duration ${call.duration} s`,
    call.waitTime > 0 && `wait ${call.waitTime} s`,
    call.talkTime > 0 && `talk ${call.talkTime} s`,
  ];
  return {
    timestamp: call.startTime ?? 0,
    body: parts.filter(Boolean).join(', '),
    severity: severityOf({ outcome }),
    id: `${linkedId}|${server}`,
    labels: filled({ server, direction, outcome, queue, agent, accountCode: call.accountCode, linkedId }),
  };
}

function recordLine(record: CdrRecord): Line {
  const { disposition, direction, queue, agent, server, linkedId, uniqueId, lastApplication } = record;
  const parts = [
    `${direction} ${record.source || '?'} → ${record.destination || '?'} ${disposition}`,
    lastApplication && `${lastApplication}(${record.lastData})`,
    `${record.channel}${record.destinationChannel && ` → ${record.destinationChannel}`}`,
    `duration ${record.duration} s`,
    `billable ${record.billableSeconds} s`,
  ];
  return {
    timestamp: record.startTime ?? 0,
    body: parts.filter(Boolean).join(', '),
    severity: severityOf({ disposition }),
    id: recordKey(record),
    labels: filled({
      server,
      direction,
      disposition,
      queue,
      agent,
      accountCode: record.accountCode,
      linkedId,
      uniqueId,
    }),
  };
}

function filled(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

function logLines(name: string, lines: readonly Line[], meta: AnswerMeta): Answer {
  return {
    name,
    meta: { ...meta, type: 'log-lines', typeVersion: [0, 0], preferredVisualisationType: 'logs' },
    fields: [
      {
        name: 'timestamp',
        type: 'time',
        nullable: false,
        config: title('Time'),
        values: lines.map((l) => l.timestamp),
      },
      { name: 'body', type: 'string', nullable: false, config: title('Line'), values: lines.map((l) => l.body) },
      {
        name: 'severity',
        type: 'string',
        origin: 'system',
        config: title('Severity'),
        values: lines.map((l) => l.severity),
      },
      {
        name: 'id',
        type: 'string',
        nullable: false,
        origin: 'lineId',
        config: title('ID'),
        values: lines.map((l) => l.id),
      },
      {
        name: 'labels',
        type: 'json',
        nullable: false,
        origins,
        config: title('Labels'),
        values: lines.map((l) => l.labels),
      },
    ],
  };
}

/** Where the labels of a line come from; those of custom fields are not among them. */
const origins: Record<string, TextOrigin> = {
  server: 'system',
  direction: 'system',
  outcome: 'system',
  disposition: 'system',
  queue: 'system',
  accountCode: 'system',
  linkedId: 'callId',
  uniqueId: 'callId',
};

const title = (displayNameFromDS: string) => ({ displayNameFromDS });
