import { t, Trans } from '@grafana/i18n';
import { FieldSet, Stack } from '@grafana/ui';
import { defaultExternalChannels } from '../../cdr/direction';
import type { ConfigSectionProps } from './config-section';
import { DirectionRules } from './DirectionRules';
import { patternProblem } from './pattern-problem';
import { PatternList } from './PatternList';
import { RulePreviewLines } from './RulePreviewLines';

interface Props extends ConfigSectionProps {
  uid: string;
}

export function DirectionsSection({ settings, onChange, uid }: Props) {
  return (
    <FieldSet label={t('config-editor.directions.title', 'Directions')}>
      <p>
        <Trans i18nKey="config-editor.directions.intro">
          The first rule that matches decides whether a record is inbound, outbound or internal. If none matches, the
          two channels decide: a channel that matches an external channel pattern leads outside. Changing these rules
          recalculates stored calls.
        </Trans>
      </p>
      <Stack direction="column" gap={2}>
        <DirectionRules
          rules={settings.directionRules ?? []}
          onChange={(directionRules) => onChange({ directionRules })}
        />
        <PatternList
          id="config-external-channel"
          labelOf={(number) =>
            t('config-editor.directions.pattern', 'External channel pattern {{- number}}', { number })
          }
          removeLabelOf={(number) =>
            t('config-editor.directions.remove-pattern', 'Remove external channel pattern {{- number}}', { number })
          }
          addLabel={t('config-editor.directions.add-pattern', 'Add external channel pattern')}
          patterns={settings.externalChannels ?? defaultExternalChannels}
          defaults={defaultExternalChannels}
          onChange={(externalChannels) => onChange({ externalChannels })}
          problemOf={patternProblem}
        />
        {settings.mode !== 'browser' && <RulePreviewLines uid={uid} settings={settings} />}
      </Stack>
    </FieldSet>
  );
}
