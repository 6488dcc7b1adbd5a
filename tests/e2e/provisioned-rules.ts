import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@grafana/plugin-e2e';
import type { APIRequestContext } from '@playwright/test';
import { parse } from 'yaml';

interface RuleFile {
  groups: Array<{ rules: Rule[] }>;
}

interface Rule {
  uid: string;
  title: string;
  data: Array<{ datasourceUid: string; relativeTimeRange?: { from: number; to: number } }>;
}

const file = path.join(__dirname, '../../provisioning/alerting/amiws-cdr.yaml');
const folder = { uid: 'amiws-cdr-e2e-rules', title: 'CDR e2e' };
const group = 'provisioned';
const groupPath = `/api/v1/provisioning/folder/${folder.uid}/rule-groups/${group}`;

/** Adds the rules of provisioning/alerting as they are, but of another data source, and faster: of one minute, without delay. */
export async function addRules(request: APIRequestContext, dataSource: string): Promise<void> {
  await removeRules(request);
  await request.post('/api/folders', { data: folder });
  const { groups } = parse(readFileSync(file, 'utf8')) as RuleFile;
  const rules = groups
    .flatMap((one) => one.rules)
    .map((rule) => ({
      ...rule,
      uid: `${rule.uid}-e2e`,
      orgID: 1,
      folderUID: folder.uid,
      ruleGroup: group,
      for: '0s',
      data: rule.data.map(({ datasourceUid, relativeTimeRange: { from, to } = { from: 0, to: 0 }, ...query }) => ({
        ...query,
        datasourceUid: datasourceUid === '__expr__' ? datasourceUid : dataSource,
        relativeTimeRange: { from: Math.min(from, 60), to },
      })),
    }));
  // The shortest interval that Grafana evaluates rules in.
  const data = { title: group, folderUid: folder.uid, interval: 10, rules };
  const added = await request.put(groupPath, { data, headers: { 'X-Disable-Provenance': 'true' } });
  expect(await added.text()).toContain('amiws-cdr');
}

export async function removeRules(request: APIRequestContext): Promise<void> {
  await request.delete(groupPath, { headers: { 'X-Disable-Provenance': 'true' } });
}

export interface RuleState {
  health: string;
  lastError?: string;
  alerts: Array<{ state: string; labels: Record<string, string>; annotations: Record<string, string> }>;
}

/** What Grafana says of one rule. */
export async function stateOf(request: APIRequestContext, title: string): Promise<RuleState> {
  const answer = await request.get(`/api/prometheus/grafana/api/v1/rules?folder_uid=${folder.uid}`);
  const { data } = (await answer.json()) as {
    data: { groups: Array<{ name: string; rules: Array<Partial<RuleState> & { name: string }> }> };
  };
  const rule = data.groups.find(({ name }) => name === group)?.rules.find(({ name }) => name === title);
  return { health: 'unknown', ...rule, alerts: rule?.alerts ?? [] };
}
