import { t } from '@grafana/i18n';
import { Field } from '@grafana/ui';
import { recordingUrlProblem } from '../../settings/recording-url';
import { DraftInput } from '../DraftInput';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';

const example = 'https://pbx.example.com/rec/${startTime:date:YYYY/MM/DD}/${uniqueId}.wav';

/** Where the recording of a call is found. */
export function LinksSection({ settings, onChange, readOnly }: ConfigSectionProps) {
  const { recordingUrl = '' } = settings;
  const problem = recordingUrl === '' ? null : problemText(recordingUrl);
  return (
    <ConfigSection
      title={t('config-editor.links.title', 'Links')}
      description={t('config-editor.links.intro', 'Where recordings of calls are found.')}
      summary={recordingUrl}
      needsAttention={problem !== null}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.links.recording', 'Address of recordings')}
        description={t(
          'config-editor.links.recording-description',
          'The linked ID of a row links to this address. ${…} stands for a column: linkedId, server, source, and custom.<label> in every answer, and uniqueId in call records. ${startTime:date:YYYY/MM/DD} is a date in the time zone of the PBX if you set one under PBX time.'
        )}
        invalid={problem !== null}
        error={problem}
      >
        <DraftInput
          id="config-recording-url"
          value={recordingUrl}
          placeholder={example}
          onCommit={(text) => onChange({ recordingUrl: text.trim() })}
        />
      </Field>
    </ConfigSection>
  );
}

function problemText(template: string): string | null {
  switch (recordingUrlProblem(template)) {
    case 'scheme':
      return t('config-editor.links.scheme', 'Start the address with http:// or https://, such as {{- example}}', {
        example,
      });
    case 'host':
      return t('config-editor.links.host', 'Enter the host and a / after it, such as {{- example}}', { example });
    case 'placeholder':
      return t('config-editor.links.placeholder', "A placeholder isn't valid. Write it as in {{- example}}", {
        example,
      });
    case null:
      return null;
  }
}
