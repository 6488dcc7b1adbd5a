import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { rowProblems, type RowProblem, type RowProblems } from '../../setup/import-progress';

interface Props {
  problems: RowProblems;
}

/** What was wrong with rows that were imported, and what to do. */
export function ImportProblems({ problems }: Props) {
  const found = rowProblems.filter((problem) => problems[problem]);
  return found.length === 0 ? null : (
    <Alert severity="info" title={t('config-editor.import.rows', 'Some rows need a look')}>
      <ul>
        {found.map((problem) => (
          <li key={problem}>{textOf(problem, problems[problem]!)}</li>
        ))}
      </ul>
    </Alert>
  );
}

function textOf(problem: RowProblem, number: number): string {
  const count = number.toLocaleString();
  switch (problem) {
    case 'noStart':
      return t('config-editor.import.no-start', '{{- count}} rows are left out: their start is not a possible time.', {
        count,
      });
    case 'noZone':
      return t(
        'config-editor.import.no-zone',
        '{{- count}} rows are left out: they have no UniqueID that shows the time zone. Set the time zone of the PBX.',
        { count }
      );
    case 'notCdr':
      return t('config-editor.import.not-cdr', '{{- count}} lines are left out: they are not call detail records.', {
        count,
      });
    case 'badNumber':
      return t(
        'config-editor.import.bad-number',
        '{{- count}} rows have an impossible duration. It is calculated from start and end if possible, otherwise it counts as 0.',
        { count }
      );
    case 'notQueueLog':
      return t(
        'config-editor.import.not-queue-log',
        '{{- count}} lines are left out: they are cut, or not lines of a queue_log.',
        { count }
      );
    case 'neverEnded':
      return t(
        'config-editor.import.never-ended',
        '{{- count}} log-ins or pauses have no end. They count until a day after the last line about the agent.',
        { count }
      );
    case 'cutIds':
      return t(
        'config-editor.import.cut-ids',
        '{{- count}} rows have IDs that are cut: make the columns uniqueid and linkedid of the table longer, such as 150 characters. Until then, what one channel does in one day is one call.',
        { count }
      );
  }
}
