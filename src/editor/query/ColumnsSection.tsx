import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { statusColumns, type StatusColumn, type StatusQueryType } from '../../query/status-columns';
import { ChipsInput } from './ChipsInput';
import type { QuerySectionProps } from './query-section';

interface Props extends QuerySectionProps {
  type: StatusQueryType;
}

const titles: Record<StatusColumn, () => string> = {
  callersWaiting: () => t('query-editor.columns.callers-waiting', 'Callers waiting'),
  longestWait: () => t('query-editor.columns.longest-wait', 'Longest wait'),
  agentsFree: () => t('query-editor.columns.agents-free', 'Agents free'),
  agentsBusy: () => t('query-editor.columns.agents-busy', 'Agents busy'),
  agentsPaused: () => t('query-editor.columns.agents-paused', 'Agents paused'),
  agentsInWrapUp: () => t('query-editor.columns.agents-in-wrap-up', 'Agents in wrap-up'),
  agentsUnavailable: () => t('query-editor.columns.agents-unavailable', 'Agents unavailable'),
  stateSeconds: () => t('query-editor.columns.state-seconds', 'In this state'),
  pauseReason: () => t('query-editor.columns.pause-reason', 'Pause reason'),
  pausedSeconds: () => t('query-editor.columns.paused-seconds', 'Paused'),
  phone: () => t('query-editor.columns.phone', 'Phone'),
  teams: () => t('query-editor.columns.teams', 'Teams'),
  queues: () => t('query-editor.columns.queues', 'Queues'),
  servers: () => t('query-editor.columns.servers', 'Servers'),
  agent: () => t('query-editor.columns.agent', 'Agent'),
  ringing: () => t('query-editor.columns.ringing', 'Ringing'),
  startTime: () => t('query-editor.columns.start-time', 'Start time'),
  since: () => t('query-editor.columns.since', 'Since'),
  duration: () => t('query-editor.columns.duration', 'Duration'),
  position: () => t('query-editor.columns.position', 'Position'),
  waitTime: () => t('query-editor.columns.wait-time', 'Wait time'),
  state: () => t('query-editor.columns.state', 'State'),
  up: () => t('query-editor.columns.up', 'Up'),
  silentSeconds: () => t('query-editor.columns.silent-seconds', 'Last heard'),
  clockOffset: () => t('query-editor.columns.clock-offset', 'Clock ahead'),
};

/** Columns of an answer that tells of this moment. */
export function ColumnsSection({ query, onChange, onRunQuery, type }: Props) {
  const id = useId();
  return (
    <InlineField
      label={t('query-editor.columns.label', 'Columns')}
      htmlFor={`${id}-columns`}
      tooltip={t('query-editor.columns.tooltip', 'An alert rule needs exactly one, with numbers')}
    >
      <ChipsInput
        id={`${id}-columns`}
        width={50}
        isClearable
        placeholder={t('query-editor.columns.all', 'All')}
        options={statusColumns[type].map((value) => ({ value, label: titles[value]() }))}
        value={(query.columns ?? []).map((value) => ({ value, label: titles[value]() }))}
        onChange={(columns) => {
          onChange({ ...query, columns });
          onRunQuery();
        }}
      />
    </InlineField>
  );
}
