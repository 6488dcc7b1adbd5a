import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { CollapsableSection, Icon, Text, useStyles2 } from '@grafana/ui';
import { useId, useState, type ReactNode } from 'react';

interface Props {
  title: string;
  description?: string;
  /** What is set in it that is not the default, shown while it is folded, so that nothing set is hidden. */
  summary?: string;
  startsOpen?: boolean;
  /** Opens the section: something in it is wrong, or has to be seen. */
  needsAttention?: boolean;
  /** True for a provisioned data source: its fields can only be looked at, while sections open and fold. */
  readOnly?: boolean;
  /** 2 for a section of the page, 3 for a part of one. */
  level?: 2 | 3;
  children: ReactNode;
}

/** A section of the configuration page that folds; what needs attention opens it. */
export function ConfigSection({
  title,
  description,
  summary = '',
  startsOpen = false,
  needsAttention = false,
  readOnly = false,
  level = 2,
  children,
}: Props) {
  const headingId = useId();
  const styles = useStyles2(getStyles);
  const [isOpen, setOpen] = useState(startsOpen || needsAttention);
  const [neededAttention, setNeededAttention] = useState(needsAttention);
  if (needsAttention !== neededAttention) {
    setNeededAttention(needsAttention);
    // It stays open once that is mended: whoever mends it is still there.
    setOpen(isOpen || needsAttention);
  }
  return (
    <section aria-labelledby={headingId} className={level === 2 ? styles.section : undefined}>
      <CollapsableSection
        isOpen={isOpen}
        onToggle={setOpen}
        labelId={headingId}
        label={
          <div className={styles.label}>
            {level === 2 ? (
              <h2 id={headingId} className={styles.title}>
                {title}
              </h2>
            ) : (
              <h3 id={headingId} className={styles.part}>
                {title}
              </h3>
            )}
            {description !== undefined && (
              <Text variant="bodySmall" color="secondary">
                {description}
              </Text>
            )}
            {!isOpen && (summary !== '' || needsAttention) && (
              <Text variant="bodySmall" color={needsAttention ? 'warning' : 'primary'}>
                {needsAttention && (
                  <span role="img" aria-label={t('config-editor.section.problem', 'Problem')}>
                    <Icon name="exclamation-triangle" />
                  </span>
                )}{' '}
                {summary}
              </Text>
            )}
          </div>
        }
      >
        <fieldset disabled={readOnly} className={styles.fields}>
          {children}
        </fieldset>
      </CollapsableSection>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({ borderTop: `1px solid ${theme.colors.border.weak}`, padding: theme.spacing(1, 0) }),
  label: css({ display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' }),
  title: css({ ...theme.typography.h4, margin: 0 }),
  part: css({ ...theme.typography.h5, margin: 0 }),
  // Browsers never make a fieldset narrower than what is in it.
  fields: css({ minWidth: 0, margin: 0 }),
});
