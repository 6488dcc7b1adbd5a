import { t, Trans } from '@grafana/i18n';
import { FieldSet } from '@grafana/ui';
import { defaultAgentPatterns } from '../../cdr/agent';
import type { ConfigSectionProps } from './config-section';
import { agentPatternProblem } from './pattern-problem';
import { PatternList } from './PatternList';

export function AgentsSection({ settings, onChange }: ConfigSectionProps) {
  return (
    <FieldSet label={t('config-editor.agents.title', 'Agents')}>
      <p>
        <Trans i18nKey="config-editor.agents.intro">
          The first pattern that matches a queue member's interface, or the channel that was called, determines the
          agent: its first group is the extension.
        </Trans>
      </p>
      <PatternList
        id="config-agent-pattern"
        labelOf={(number) => t('config-editor.agents.pattern', 'Agent pattern {{- number}}', { number })}
        removeLabelOf={(number) =>
          t('config-editor.agents.remove-pattern', 'Remove agent pattern {{- number}}', { number })
        }
        addLabel={t('config-editor.agents.add-pattern', 'Add agent pattern')}
        patterns={settings.agentPatterns ?? defaultAgentPatterns}
        defaults={defaultAgentPatterns}
        onChange={(agentPatterns) => onChange({ agentPatterns })}
        problemOf={agentPatternProblem}
      />
    </FieldSet>
  );
}
