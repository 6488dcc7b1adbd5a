import { FieldSet } from '@grafana/ui';
import { defaultAgentPatterns } from '../../cdr/agent';
import type { ConfigSectionProps } from './config-section';
import { agentPatternProblem } from './pattern-problem';
import { PatternList } from './PatternList';

export function AgentsSection({ settings, onChange }: ConfigSectionProps) {
  return (
    <FieldSet label="Agents">
      <p>
        The first pattern that is found in a queue member&apos;s interface, or in the channel that was called, gives the
        agent: its first group is the extension.
      </p>
      <PatternList
        id="config-agent-pattern"
        label="Agent pattern"
        patterns={settings.agentPatterns ?? defaultAgentPatterns}
        defaults={defaultAgentPatterns}
        onChange={(agentPatterns) => onChange({ agentPatterns })}
        problemOf={agentPatternProblem}
      />
    </FieldSet>
  );
}
