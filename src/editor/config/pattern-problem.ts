import { t } from '@grafana/i18n';
import { compilePattern } from '../../cdr/direction';
import { failureText } from '../../say/failure-text';

/** What is wrong with a pattern (RE2 syntax); null when it can be used. */
export function patternProblem(pattern: string): string | null {
  if (pattern === '') {
    return t('config-editor.patterns.empty', 'Enter a pattern, such as ^PJSIP/trunk; an empty one matches everything');
  }
  try {
    compilePattern(pattern);
    return null;
  } catch (error) {
    return failureText(error);
  }
}

/** The same for a pattern whose first group is the agent's extension. */
export function agentPatternProblem(pattern: string): string | null {
  const problem = patternProblem(pattern);
  if (problem !== null) {
    return problem;
  }
  return compilePattern(pattern).groupCount() > 0
    ? null
    : t(
        'config-editor.patterns.no-group',
        '"{{- pattern}}" has no group: put the part that is the extension in parentheses, as in ^PJSIP/([^-]+)',
        { pattern }
      );
}
