import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { annotationKinds, type AnnotationKind, type CdrQuery } from '../../query/model';
import { NumberInput } from '../NumberInput';
import { ChipsInput } from './ChipsInput';
import type { QuerySectionProps } from './query-section';

/** What is marked on the time axis, and what counts as a burst of missed calls. */
export function AnnotationsSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  const kinds = query.annotationKinds ?? ['gap', 'restart'];
  const titles: Record<AnnotationKind, string> = {
    gap: t('query-editor.annotations.gap', 'Gaps'),
    restart: t('query-editor.annotations.restart', 'PBX restarts'),
    queueDifference: t('query-editor.annotations.queue-difference', 'Differences from Asterisk'),
    missedBurst: t('query-editor.annotations.missed-burst', 'Bursts of missed calls'),
  };

  function change(changes: Partial<CdrQuery>): void {
    onChange({ ...query, ...changes });
    onRunQuery();
  }

  return (
    <>
      <InlineField
        label={t('query-editor.annotations.label', 'Mark')}
        htmlFor={`${id}-kinds`}
        invalid={kinds.length === 0}
        error={t('query-editor.annotations.none', 'Pick at least one')}
      >
        <ChipsInput
          id={`${id}-kinds`}
          width={50}
          options={annotationKinds.map((value) => ({ value, label: titles[value] }))}
          value={kinds.map((value) => ({ value, label: titles[value] }))}
          onChange={(annotationKinds) => change({ annotationKinds })}
        />
      </InlineField>
      {kinds.includes('gap') && (
        <InlineField
          label={t('query-editor.annotations.shortest-gap', 'Gaps from')}
          htmlFor={`${id}-gap`}
          tooltip={t(
            'query-editor.annotations.shortest-gap-tooltip',
            'Shorter gaps are not marked, unless they continue or calls are known to be missing'
          )}
        >
          <NumberInput
            id={`${id}-gap`}
            min={0}
            suffix={t('query-editor.annotations.seconds', 's')}
            placeholder="60"
            value={query.shortestGap}
            onChange={(shortestGap) => change({ shortestGap })}
          />
        </InlineField>
      )}
      {kinds.includes('missedBurst') && (
        <>
          <InlineField
            label={t('query-editor.annotations.burst-calls', 'Burst from')}
            htmlFor={`${id}-calls`}
            tooltip={t('query-editor.annotations.burst-calls-tooltip', 'Missed and abandoned calls that make a burst')}
          >
            <NumberInput
              id={`${id}-calls`}
              min={1}
              suffix={t('query-editor.annotations.calls', 'calls')}
              placeholder="10"
              value={query.burstCalls}
              onChange={(burstCalls) => change({ burstCalls })}
            />
          </InlineField>
          <InlineField label={t('query-editor.annotations.burst-minutes', 'Within')} htmlFor={`${id}-minutes`}>
            <NumberInput
              id={`${id}-minutes`}
              min={1}
              max={1440}
              suffix={t('query-editor.annotations.minutes', 'min')}
              placeholder="5"
              value={query.burstMinutes}
              onChange={(burstMinutes) => change({ burstMinutes })}
            />
          </InlineField>
        </>
      )}
    </>
  );
}
