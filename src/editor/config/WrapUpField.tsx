import { t } from '@grafana/i18n';
import { Field } from '@grafana/ui';
import { useState } from 'react';
import { readWrapUpTimes, wrapUpText } from '../../settings/wrap-up-times';
import { DraftInput } from '../DraftInput';
import type { ConfigSectionProps } from './config-section';

/** Seconds that queues keep agents from calls after a talk. */
export function WrapUpField({ settings, onChange }: ConfigSectionProps) {
  /** What was written last, for as long as some of it can't be read. */
  const [faulty, setFaulty] = useState<string | null>(null);
  const unread = readWrapUpTimes(faulty ?? '').unread;
  return (
    <Field
      label={t('config-editor.figures.wrap-up', 'Wrap-up times of queues')}
      description={t(
        'config-editor.figures.wrap-up-description',
        "Seconds that a queue keeps calls from an agent after each call (wrapuptime in queues.conf), which Asterisk doesn't send. Wrap-up times of members are detected automatically."
      )}
      invalid={unread.length > 0}
      error={t(
        'config-editor.figures.wrap-up-error',
        '"{{- entry}}" isn\'t a wrap-up time. Enter a queue and seconds, such as support=15',
        { entry: unread[0] ?? '' }
      )}
    >
      <DraftInput
        id="config-wrap-up"
        placeholder="support=15, sales=30"
        value={faulty ?? wrapUpText(settings.wrapUpTimes ?? {})}
        onCommit={(text) => {
          const read = readWrapUpTimes(text);
          setFaulty(read.unread.length > 0 ? text : null);
          onChange({ wrapUpTimes: read.times });
        }}
      />
    </Field>
  );
}
