import { t } from '@grafana/i18n';
import { defaultAgentPatterns } from '../../cdr/agent';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { agentPatternProblem } from './pattern-problem';
import { isDefault, PatternList } from './PatternList';

export function AgentsSection({ settings: { agentPatterns }, onChange, readOnly }: ConfigSectionProps) {
  const patterns = agentPatterns ?? defaultAgentPatterns;
  return (
    <ConfigSection
      title={t('config-editor.agents.title', 'Agents')}
      description={t(
        'config-editor.agents.intro',
        "The first pattern that matches a queue member's interface, or the channel that was called, determines the agent. Its first group is the extension."
      )}
      summary={isDefault(patterns, defaultAgentPatterns) ? '' : t('config-editor.agents.changed', 'Your own patterns')}
      needsAttention={patterns.some((pattern) => agentPatternProblem(pattern) !== null)}
      readOnly={readOnly}
    >
      <PatternList
        id="config-agent-pattern"
        labelOf={(number) => t('config-editor.agents.pattern', 'Agent pattern {{- number}}', { number })}
        removeLabelOf={(number) =>
          t('config-editor.agents.remove-pattern', 'Remove agent pattern {{- number}}', { number })
        }
        addLabel={t('config-editor.agents.add-pattern', 'Add agent pattern')}
        patterns={patterns}
        defaults={defaultAgentPatterns}
        onChange={(changed) => onChange({ agentPatterns: changed })}
        problemOf={agentPatternProblem}
      />
    </ConfigSection>
  );
}
