import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, useStyles2 } from '@grafana/ui';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  /** Buttons for the whole entry. */
  actions?: ReactNode;
  children: ReactNode;
}

/** One of several PBXes, imports or rules, with its fields. */
export function Entry({ title, actions, children }: Props) {
  const titleId = useId();
  const styles = useStyles2(getStyles);
  return (
    <div role="group" aria-labelledby={titleId} className={styles.entry}>
      <Stack justifyContent="space-between" alignItems="center">
        <h3 id={titleId} className={styles.title}>
          {title}
        </h3>
        <Stack gap={1}>{actions}</Stack>
      </Stack>
      {children}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  entry: css({
    width: '100%',
    padding: theme.spacing(1.5, 2, 1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  title: css({ ...theme.typography.h6, margin: theme.spacing(0, 0, 1) }),
});
