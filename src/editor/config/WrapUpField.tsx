import { t } from '@grafana/i18n';
import { Field } from '@grafana/ui';
import { useState } from 'react';
import { readWrapUpTimes, wrapUpText } from '../../settings/wrap-up-times';
import { DraftInput } from '../DraftInput';
import type { ConfigSectionProps } from './config-section';

/** Seconds that queues keep agents from calls after a talk. */
export function WrapUpField({ settings, onChange }: ConfigSectionProps) {
  const [unread, setUnread] = useState<readonly string[]>([]);
  return (
    <Field
      label={t('config-editor.figures.wrap-up', 'Wrap-up times of queues')}
      description={t(
        'config-editor.figures.wrap-up-description',
        'Seconds for which a queue keeps an agent from calls after each talk: wrapuptime in queues.conf, which Asterisk does not send. Those of members are detected automatically'
      )}
      invalid={unread.length > 0}
      error={t(
        'config-editor.figures.wrap-up-error',
        '"{{- entry}}" is not a wrap-up time: expected a queue and seconds, as in support=15',
        { entry: unread[0] ?? '' }
      )}
    >
      <DraftInput
        id="config-wrap-up"
        width={50}
        placeholder="support=15, sales=30"
        value={wrapUpText(settings.wrapUpTimes ?? {})}
        onCommit={(text) => {
          const read = readWrapUpTimes(text);
          setUnread(read.unread);
          onChange({ wrapUpTimes: read.times });
        }}
      />
    </Field>
  );
}
