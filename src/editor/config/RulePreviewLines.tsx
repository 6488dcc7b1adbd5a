import { t } from '@grafana/i18n';
import type { SettingsJson } from '../../datasource/panel-query';
import { useRulePreview } from './use-rule-preview';

interface Props {
  uid: string;
  settings: SettingsJson;
}

const shownAgents = 12;

/** What the rules as they stand would make of the last calls, before they are saved. */
export function RulePreviewLines({ uid, settings }: Props) {
  const preview = useRulePreview(uid, settings);
  const total = preview?.directions.reduce((sum, { calls }) => sum + calls, 0) ?? 0;
  if (!preview || total === 0) {
    return null;
  }
  const { directions, agents } = preview;
  return (
    <ul aria-label={t('config-editor.rule-preview.label', 'Preview of the rules')} style={{ marginLeft: 16 }}>
      {directions.map(({ direction, rule, calls }) => (
        <li key={`${direction}-${rule}`}>
          {rule === null
            ? t(
                'config-editor.rule-preview.by-patterns',
                '{{- direction}}: {{calls, number}} of the last {{total, number}} calls, by the external channel patterns',
                { direction, calls, total }
              )
            : t(
                'config-editor.rule-preview.by-rule',
                '{{- direction}}: {{calls, number}} of the last {{total, number}} calls, by rule {{- rule}}',
                { direction, calls, total, rule }
              )}
        </li>
      ))}
      <li>{agentsLine(agents)}</li>
    </ul>
  );
}

function agentsLine(agents: readonly string[]): string {
  const names = agents.slice(0, shownAgents).join(', ');
  if (agents.length === 0) {
    return t('config-editor.rule-preview.no-agents', 'agents: none found by the agent patterns');
  }
  const more = agents.length - shownAgents;
  return more > 0
    ? t('config-editor.rule-preview.many-agents', 'agents: {{- names}} and {{more, number}} more', { names, more })
    : t('config-editor.rule-preview.agents', 'agents: {{- names}}', { names });
}
