import { t } from '@grafana/i18n';
import type { ReadDirectory } from '../../settings/directory-settings';

type Problem = ReadDirectory['problems'][number];

/** What was wrong with entries of a directory, a sentence for each kind. */
export function problemTexts(problems: readonly Problem[], most: number): string[] {
  return problems.map((problem) => problemText(problem, most));
}

function problemText({ problem, count, example }: Problem, most: number): string {
  const values = { entries: count, example };
  switch (problem) {
    case 'no-entry':
      return t('config-editor.directory.no-entry', 'No entry: {{entries, number}}, such as {{- example}}', values);
    case 'no-id':
      return t(
        'config-editor.directory.no-id',
        'Without a number or a name of a queue: {{entries, number}}, such as {{- example}}',
        values
      );
    case 'unknown-kind':
      return t(
        'config-editor.directory.unknown-kind',
        'Neither agent, queue nor number: {{entries, number}}, such as {{- example}}',
        values
      );
    case 'doubled':
      return t(
        'config-editor.directory.doubled',
        'There more than once, where the first name and all teams count: {{entries, number}}, such as {{- example}}',
        values
      );
    case 'cut':
      return t('config-editor.directory.cut', 'Too long, and cut: {{entries, number}}, such as {{- example}}', values);
    case 'more-cells':
      return t(
        'config-editor.directory.more-cells',
        'Lines with more cells than titles: {{entries, number}}, such as {{- example}}',
        values
      );
    case 'too-many':
      return t(
        'config-editor.directory.too-many',
        'More than the {{most, number}} entries that a directory holds: {{entries, number}}, such as {{- example}}',
        { most, entries: count, example }
      );
  }
}
