import type { SettingsJson } from '../../datasource/panel-query';
import { useRulePreview } from './use-rule-preview';

interface Props {
  uid: string;
  settings: SettingsJson;
}

/** What the rules as they stand would make of the last calls, before they are saved. */
export function RulePreviewLines({ uid, settings }: Props) {
  const preview = useRulePreview(uid, settings);
  const total = preview?.reduce((sum, { calls }) => sum + calls, 0) ?? 0;
  if (!preview || total === 0) {
    return null;
  }
  return (
    <ul aria-label="Preview of the rules" style={{ marginLeft: 16 }}>
      {preview.map(({ direction, rule, calls }) => (
        <li key={`${direction}-${rule}`}>
          {direction}: {calls.toLocaleString('en')} of the last {total.toLocaleString('en')} calls,{' '}
          {rule === null ? 'by the external channel patterns' : `by rule ${rule}`}
        </li>
      ))}
    </ul>
  );
}
