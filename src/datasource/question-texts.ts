import { t } from '@grafana/i18n';
import { questionById, type QuestionId } from '../query/questions';

/** What a question is called and what it tells, for people. The server part knows the English texts alone. */
export function questionTexts(id: QuestionId): { label: string; description: string } {
  const { label, description } = questionById(id);
  return {
    label: t(`questions.${id}.label`, label),
    description: t(`questions.${id}.description`, description),
  };
}
