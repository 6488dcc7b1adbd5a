import { t } from '@grafana/i18n';
import { IconButton, InlineLabel, Stack } from '@grafana/ui';
import type { Condition } from '../../cdr/conditions';
import { conditionText } from '../../datasource/condition-text';

interface Props {
  conditions: readonly Condition[];
  onChange: (conditions: Condition[]) => void;
}

/** Conditions that a query has of ad hoc filters, as one that comes from a dashboard to Explore does: to be seen and removed. */
export function ConditionChips({ conditions, onChange }: Props) {
  return conditions.map((condition, place) => {
    const text = conditionText(condition);
    return (
      <Stack key={`${place} ${text}`} gap={0.5} alignItems="center">
        <InlineLabel width="auto">{text}</InlineLabel>
        <IconButton
          name="times"
          size="lg"
          aria-label={t('query-editor.filters.remove', 'Remove filter {{- field}}', { field: text })}
          onClick={() => onChange(conditions.filter((other) => other !== condition))}
        />
      </Stack>
    );
  });
}
