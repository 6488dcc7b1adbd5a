import { t } from '@grafana/i18n';
import { InlineField, InlineSwitch } from '@grafana/ui';
import { useId } from 'react';
import { questionTexts } from '../../datasource/question-texts';
import { questionById, questions, type QuestionId } from '../../query/questions';
import { Picker } from '../Picker';
import type { QuerySectionProps } from './query-section';

interface Props extends QuerySectionProps {
  question: QuestionId;
  onPick: (question: QuestionId) => void;
  /** Whether an answer can go on live where the query is. */
  canBeLive: boolean;
}

/** What is asked, and whether the answer goes on live. */
export function QuestionSection({ query, onChange, onRunQuery, question, onPick, canBeLive }: Props) {
  const id = useId();
  return (
    <>
      <InlineField label={t('query-editor.question.label', 'Question')} htmlFor={`${id}-question`}>
        <Picker
          id={`${id}-question`}
          width={30}
          options={questions.map(({ id: value }) => ({ value, ...questionTexts(value) }))}
          value={question}
          onChange={({ value }) => {
            onPick(value);
            onChange({ ...query, columns: undefined, countBy: undefined, ...questionById(value).preset });
            onRunQuery();
          }}
        />
      </InlineField>
      {canBeLive && (
        <InlineField
          label={t('query-editor.live.label', 'Live')}
          htmlFor={`${id}-live`}
          tooltip={t(
            'query-editor.live.tooltip',
            'Show each call as it ends, while the time range ends now. Needs a panel of this data source alone: not -- Mixed --, no expression, no public dashboard'
          )}
        >
          <InlineSwitch
            id={`${id}-live`}
            value={query.live ?? false}
            onChange={(event) => {
              onChange({ ...query, live: event.currentTarget.checked });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
    </>
  );
}
