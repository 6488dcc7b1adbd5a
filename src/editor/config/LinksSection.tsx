import { t } from '@grafana/i18n';
import { Field, FieldSet } from '@grafana/ui';
import { recordingUrlProblem } from '../../settings/recording-url';
import { DraftInput } from '../DraftInput';
import type { ConfigSectionProps } from './config-section';

const example = 'https://pbx.example.com/rec/${startTime:date:YYYY/MM/DD}/${uniqueId}.wav';

/** Where the recording of a call is found. */
export function LinksSection({ settings, onChange }: ConfigSectionProps) {
  const { recordingUrl = '' } = settings;
  const problem = recordingUrl === '' ? null : problemText(recordingUrl);
  return (
    <FieldSet label={t('config-editor.links.title', 'Links')}>
      <Field
        label={t('config-editor.links.recording', 'Address of recordings')}
        description={t(
          'config-editor.links.recording-description',
          'The linked ID of a row links to this address. ${…} stands for a column: linkedId, server, source, custom.<label> in every answer, uniqueId in call records; ${startTime:date:YYYY/MM/DD} is a date in the zone of the PBX, where one is set above'
        )}
        invalid={problem !== null}
        error={problem}
      >
        <DraftInput
          id="config-recording-url"
          width={80}
          value={recordingUrl}
          placeholder={example}
          onCommit={(text) => onChange({ recordingUrl: text.trim() })}
        />
      </Field>
    </FieldSet>
  );
}

function problemText(template: string): string | null {
  switch (recordingUrlProblem(template)) {
    case 'scheme':
      return t('config-editor.links.scheme', 'Write http:// or https:// before it, as in {{- example}}', { example });
    case 'host':
      return t('config-editor.links.host', 'Write the host out and a / after it, as in {{- example}}', { example });
    case 'placeholder':
      return t('config-editor.links.placeholder', 'A placeholder is not understood: write it as in {{- example}}', {
        example,
      });
    case null:
      return null;
  }
}
