import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { isExpressionReference } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';

interface Props {
  isLive: boolean;
  /** All queries of the panel. */
  queries?: readonly DataQuery[];
}

/** Why a live query stands still: Grafana's server calculates expressions, once per refresh. */
export function LiveHint({ isLive, queries = [] }: Props) {
  const hasExpression = queries.some(({ datasource }) => isExpressionReference(datasource));
  return isLive && hasExpression ? (
    <Text variant="bodySmall" color="secondary">
      {t(
        'query-editor.live.expression',
        'A panel with an expression does not update live. Set an auto-refresh interval, or remove the expression.'
      )}
    </Text>
  ) : null;
}
