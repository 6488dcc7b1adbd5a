import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import type { CallerFact } from '../../cdr/measures';
import { maxCallBackHours, maxRepeatDays } from '../../query/question-bounds';
import { usualCallBackHours, usualRepeatDays } from '../../query/usual-spans';
import { NumberInput } from '../NumberInput';
import type { QuerySectionProps } from './query-section';

interface Props extends QuerySectionProps {
  facts: readonly CallerFact[];
}

/** How long a lost caller may wait to be reached, and how long a call of the same number is a repeated one. */
export function CallerSpansSection({ query, onChange, onRunQuery, facts }: Props) {
  const id = useId();
  return (
    <>
      {facts.includes('lostCaller') && (
        <InlineField
          label={t('query-editor.caller-spans.call-back', 'Reached within')}
          htmlFor={`${id}-hours`}
          tooltip={t(
            'query-editor.caller-spans.call-back-tooltip',
            'Hours after their last try in which lost callers are called back or come through; a later try counts as a new lost caller'
          )}
        >
          <NumberInput
            id={`${id}-hours`}
            min={1}
            max={maxCallBackHours}
            suffix="h"
            placeholder={String(usualCallBackHours)}
            value={query.callBackHours}
            onChange={(callBackHours) => {
              onChange({ ...query, callBackHours });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
      {facts.includes('contact') && (
        <InlineField
          label={t('query-editor.caller-spans.repeat', 'Repeated within')}
          htmlFor={`${id}-days`}
          tooltip={t(
            'query-editor.caller-spans.repeat-tooltip',
            'Days in which another call of the same number is a repeated one'
          )}
        >
          <NumberInput
            id={`${id}-days`}
            min={1}
            max={maxRepeatDays}
            suffix="d"
            placeholder={String(usualRepeatDays)}
            value={query.repeatDays}
            onChange={(repeatDays) => {
              onChange({ ...query, repeatDays });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
    </>
  );
}
