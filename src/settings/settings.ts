import * as v from 'valibot';
import { parseAmiwsUrl, type AmiwsUrlProblem } from '../amiws/parse-amiws-url';
import { defaultAgentPatterns } from '../cdr/agent';
import { defaultExternalChannels, ruleFields } from '../cdr/direction';
import { directions } from '../cdr/record';
import type { DirectoryEntry } from '../cdr/directory';
import { defaultSettings } from './default-settings';
import { describeIssues, issueMessage } from './describe-issues';
import { readDirectory, type SavedDirectoryEntry } from './directory-settings';
import { importEntries } from './import-settings';
import { maskChoices } from './number-access';
import { connections, pbxEntries } from './pbx-settings';
import { SettingsError } from './settings-error';
import { sizeProblem, type SizeBounds } from './size-problem';
import { storeSettings } from './store-settings';
import { sentence, type Sentence } from '../sentences/sentence';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** PBXes that are logged in to: each is a connection. */
const maxPbxes = 100;
/** Rules or patterns of one list: each may look at every record. */
const maxRules = 200;
const patterns = v.pipe(v.array(v.string()), v.maxLength(maxRules));

const addressProblems = {
  'no-scheme': 'scheme',
  http: 'not-websocket',
  'other-scheme': 'not-websocket',
  unreadable: 'no-host',
  user: 'user',
} as const satisfies Readonly<Record<AmiwsUrlProblem, string>>;

/** An address of amiws, or none. What was found is not repeated: it may hold a password. */
function address(scheme: RegExp, example: string) {
  return v.pipe(
    v.string(),
    v.trim(),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const parsed = value === '' ? { url: '' } : parseAmiwsUrl(value.replace(scheme, 'ws'));
      if ('problem' in parsed) {
        addIssue({ message: issueMessage(sentence(`settings.${addressProblems[parsed.problem]}`, { example })) });
        return NEVER;
      }
      return value;
    })
  );
}

/** Rules that decide direction and agent. */
const ruleEntries = {
  directionRules: v.optional(
    v.pipe(
      v.array(v.object({ field: v.picklist(ruleFields), pattern: v.string(), direction: v.picklist(directions) })),
      v.maxLength(maxRules)
    ),
    []
  ),
  /** Patterns of channels that lead outside (RE2 syntax). */
  externalChannels: v.optional(patterns, defaultExternalChannels),
  /** Patterns whose first group is the agent's extension, tried in order on an interface or channel. */
  agentPatterns: v.optional(patterns, defaultAgentPatterns),
};

const settingsSchema = v.object({
  /** Who listens to amiws: the server part, or each browser for itself. */
  mode: v.optional(v.picklist(['server', 'browser']), 'server'),
  /** How a browser reaches amiws: through Grafana's data source proxy, or by itself. */
  browserAccess: v.optional(v.picklist(['proxy', 'direct']), 'proxy'),
  /** Address of amiws for Grafana's proxy (plugin.json, routes), http:// or https://; empty keeps the proxy shut. */
  amiwsProxyUrl: v.optional(address(/^http/i, 'http://pbx.example.com:8080'), ''),
  /** Calls that a browser keeps. */
  keepCalls: v.optional(v.pipe(count, v.minValue(1)), defaultSettings.keepCalls),
  /** What the server part listens to. */
  connection: v.optional(v.picklist(connections), 'amiws'),
  /**
   * PBXes whose AMI is logged in to. The secret of the n-th (from 0) stands in the secrets as `pbxSecret<n>`, the authority
   * of its certificate as `pbxCACert<n>`; null keeps the place of one that was removed.
   */
  pbxes: v.optional(v.pipe(v.array(v.nullable(pbxEntries)), v.maxLength(maxPbxes)), []),
  /** amiws address, ws:// or wss://. */
  amiwsUrl: v.optional(address(/^ws/i, 'ws://pbx.example.com:8080'), ''),
  tlsSkipVerify: v.optional(v.boolean(), false),
  basicAuthUser: v.optional(v.string(), ''),
  /** Names of extra headers for a reverse proxy; the value of the n-th (from 0) stands in the secrets as `header<n>`. */
  headerNames: v.optional(v.array(v.string()), []),
  /** IANA zone of the PBX's wall clock; empty to learn the offset from UniqueID. */
  timeZone: v.optional(v.string(), ''),
  /** Zones of single servers, `server_name` to IANA zone. */
  serverTimeZones: v.optional(v.record(v.string(), v.string()), {}),
  /** Seconds. */
  serviceLevelThreshold: v.optional(v.pipe(count, v.minValue(1)), defaultSettings.serviceLevelThreshold),
  /** Seconds within which a queue caller who gives up is a short abandon; 0 for the threshold of the service level. */
  shortAbandonThreshold: v.optional(count, 0),
  /** Seconds for which queues keep members from calls after each talk (wrapuptime in queues.conf), by queue. */
  wrapUpTimes: v.optional(v.record(v.string(), v.pipe(count, v.maxValue(86_400))), {}),
  /** When the call center is open, see `readBusinessHours`: `Mon-Fri 08:00-18:00`. */
  businessHours: v.optional(v.array(v.string()), []),
  /** Days on which it is not: `2026-12-25`. */
  holidays: v.optional(v.array(v.string()), []),
  ...ruleEntries,
  /** Who may not see telephone numbers in full. */
  maskNumbersFor: v.optional(v.picklist(maskChoices), 'none'),
  /** Last digits of a masked number that stay; less than the shortest number has. */
  maskDigitsShown: v.optional(v.pipe(count, v.maxValue(5)), defaultSettings.maskDigitsShown),
  /** Template of the address of a call's recording, see `recordingUrlProblem`; empty for none. */
  recordingUrl: v.optional(v.pipe(v.string(), v.trim()), ''),
  /**
   * The PBXes' own records. The password of the n-th (from 0) stands in the secrets as `importPassword<n>`, the authority
   * of its certificate as `importCACert<n>`; null keeps the place of one that was removed.
   */
  imports: v.optional(v.array(v.nullable(importEntries)), []),
  /** Where calls are kept. */
  store: v.optional(storeSettings, {}),
  /** Days that records are kept; 0 keeps all. */
  retentionDays: v.optional(count, defaultSettings.retentionDays),
});

/** The data source's settings, as saved in Grafana's jsonData, complete. */
export type CdrSettings = v.InferOutput<typeof settingsSchema> & {
  /** Names of agents, queues and numbers, and teams of agents. */
  directory: DirectoryEntry[];
};
/** What jsonData may hold: every setting has a default. */
export type SavedSettings = v.InferInput<typeof settingsSchema> & { directory?: SavedDirectoryEntry[] };

/**
 * In Grafana's secureJsonData, besides `header<n>` for each of `headerNames`, `pbxSecret<n>` and `pbxCACert<n>` (PEM) of `pbxes`,
 * and `importPassword<n>` and `importCACert<n>` (PEM) of `imports`.
 */
export interface CdrSecrets {
  basicAuthPassword?: string;
  /** PEM of the certificate authority that signed amiws' (or the proxy's) certificate. */
  tlsCACert?: string;
  /** Of the store in PostgreSQL. */
  storePassword?: string;
  /** PEM of the authority that signed the certificate of the store's PostgreSQL; empty for the public ones. */
  storeCACert?: string;
  /** PEM of the certificate by which PostgreSQL knows the data source, and of its key. */
  storeClientCert?: string;
  storeClientKey?: string;
}

/** @throws SettingsError that names the rule, what was found and what was expected */
export function parseRules(json: unknown): Pick<CdrSettings, keyof typeof ruleEntries> {
  return parse(v.object(ruleEntries), json, sentence('settings.invalid-rules'));
}

/** @throws SettingsError that names the setting, what was found and what was expected */
export function parseSettings(jsonData: unknown): CdrSettings {
  // Names decide nothing of what is heard and stored: they have bounds of their own, and keep nothing else out.
  const { directory, ...others } = (jsonData ?? {}) as { directory?: unknown };
  return {
    ...parse(settingsSchema, others, sentence('settings.invalid')),
    directory: readDirectory(directory).entries,
  };
}

/** How large settings may be: some hundred rules, servers or imports. */
const settingsSize: SizeBounds = { values: 20_000, entries: 1_000, text: 10_000, texts: 500_000, depth: 8 };

function parse<T extends v.GenericSchema>(schema: T, json: unknown, what: Sentence): v.InferOutput<T> {
  const tooLarge = sizeProblem(json, settingsSize);
  if (tooLarge !== null) {
    throw new SettingsError([what, tooLarge]);
  }
  const result = v.safeParse(schema, json ?? {});
  if (!result.success) {
    throw new SettingsError([what, ...describeIssues(result.issues)]);
  }
  return result.output;
}
