import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId, useState } from 'react';
import { defaultBounds, type BandDimension } from '../../cdr/bands';
import { DraftInput } from '../DraftInput';
import type { QuerySectionProps } from './query-section';
import { readBounds } from './read-bounds';

interface Props extends QuerySectionProps {
  dimension: BandDimension;
}

/** Upper bounds of the bands that are grouped by. */
export function BandsInput({ query, onChange, onRunQuery, dimension }: Props) {
  const id = useId();
  const [unread, setUnread] = useState<string | null>(null);
  return (
    <InlineField
      label={t('query-editor.bands.label', 'Bands up to')}
      htmlFor={id}
      tooltip={t(
        'query-editor.bands.tooltip',
        'Seconds at which bands end, in ascending order: 10, 20 gives 0–10 s, 11–20 s and over 20 s. Leave empty for the default ones'
      )}
      invalid={unread !== null}
      error={t(
        'query-editor.bands.error',
        '"{{- text}}" is no list of bands: expected up to 20 whole seconds above 0 in ascending order, each once, as in 10, 20, 60',
        { text: unread }
      )}
    >
      <DraftInput
        id={id}
        width={30}
        suffix="s"
        placeholder={defaultBounds[dimension].join(', ')}
        value={unread ?? (query.bands ?? []).join(', ')}
        onCommit={(text) => {
          const bands = readBounds(text);
          setUnread(bands === null ? text : null);
          if (bands !== null) {
            onChange({ ...query, bands });
            onRunQuery();
          }
        }}
      />
    </InlineField>
  );
}
