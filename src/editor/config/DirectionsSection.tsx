import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { defaultExternalChannels } from '../../cdr/direction';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { DirectionRules } from './DirectionRules';
import { patternProblem } from './pattern-problem';
import { isDefault, PatternList } from './PatternList';
import { RulePreviewLines } from './RulePreviewLines';
import { summaryText } from './summary-text';

interface Props extends ConfigSectionProps {
  uid: string;
}

export function DirectionsSection({ settings, onChange, readOnly, uid }: Props) {
  const { directionRules: rules = [], externalChannels = defaultExternalChannels } = settings;
  return (
    <ConfigSection
      title={t('config-editor.directions.title', 'Directions')}
      description={t(
        'config-editor.directions.intro',
        'The first rule that matches decides whether a record is inbound, outbound or internal. If none matches, the two channels decide: a channel that matches an external channel pattern leads outside. Changing these rules recalculates stored calls.'
      )}
      summary={summaryText(
        rules.length === 1 && t('config-editor.directions.set-rule', '1 rule'),
        rules.length > 1 && t('config-editor.directions.set-rules', '{{rules, number}} rules', { rules: rules.length }),
        !isDefault(externalChannels, defaultExternalChannels) &&
          t('config-editor.directions.changed', 'Your own external channel patterns')
      )}
      needsAttention={[...rules.map(({ pattern }) => pattern), ...externalChannels].some(
        (pattern) => patternProblem(pattern) !== null
      )}
      readOnly={readOnly}
    >
      <Stack direction="column" gap={2}>
        <DirectionRules rules={rules} onChange={(directionRules) => onChange({ directionRules })} />
        <PatternList
          id="config-external-channel"
          labelOf={(number) =>
            t('config-editor.directions.pattern', 'External channel pattern {{- number}}', { number })
          }
          removeLabelOf={(number) =>
            t('config-editor.directions.remove-pattern', 'Remove external channel pattern {{- number}}', { number })
          }
          addLabel={t('config-editor.directions.add-pattern', 'Add external channel pattern')}
          patterns={externalChannels}
          defaults={defaultExternalChannels}
          onChange={(patterns) => onChange({ externalChannels: patterns })}
          problemOf={patternProblem}
        />
        {settings.mode !== 'browser' && <RulePreviewLines uid={uid} settings={settings} />}
      </Stack>
    </ConfigSection>
  );
}
