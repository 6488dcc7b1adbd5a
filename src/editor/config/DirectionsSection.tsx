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
    <FieldSet label="Directions">
      <p>
        The first rule that matches decides whether a record is inbound, outbound or internal. Where none does, the two
        channels decide: one that matches an external channel pattern leads outside. Stored calls are told anew when
        this changes.
      </p>
      <Stack direction="column" gap={2}>
        <DirectionRules
          rules={settings.directionRules ?? []}
          onChange={(directionRules) => onChange({ directionRules })}
        />
        <PatternList
          id="config-external-channel"
          label="External channel pattern"
          patterns={settings.externalChannels ?? defaultExternalChannels}
          defaults={defaultExternalChannels}
          onChange={(externalChannels) => onChange({ externalChannels })}
          problemOf={patternProblem}
        />
        <RulePreviewLines uid={uid} settings={settings} />
      </Stack>
    </FieldSet>
  );
}
