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
    <ul aria-label="Preview of the rules" style={{ marginLeft: 16 }}>
      {directions.map(({ direction, rule, calls }) => (
        <li key={`${direction}-${rule}`}>
          {direction}: {calls.toLocaleString('en')} of the last {total.toLocaleString('en')} calls,{' '}
          {rule === null ? 'by the external channel patterns' : `by rule ${rule}`}
        </li>
      ))}
      <li>
        agents: {agents.length === 0 ? 'none found by the agent patterns' : agents.slice(0, shownAgents).join(', ')}
        {agents.length > shownAgents && ` and ${agents.length - shownAgents} more`}
      </li>
    </ul>
  );
}
