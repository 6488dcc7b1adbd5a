import {
  dateTime,
  LoadingState,
  type DataFrame,
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type DataSourcePlugin,
} from '@grafana/data';
import { Alert, Button, Combobox, InlineField, Stack } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { isObservable } from 'rxjs';
import { AnswerChart } from './AnswerChart';
import { AnswerTable } from './AnswerTable';

interface ExploreProps {
  plugin: DataSourcePlugin<DataSourceApi>;
  dataSource: DataSourceApi;
}

const minute = 60_000;
const ranges = [
  { value: 15, label: 'Last 15 minutes' },
  { value: 60, label: 'Last hour' },
  { value: 24 * 60, label: 'Last 24 hours' },
  { value: 7 * 24 * 60, label: 'Last 7 days' },
];

/** The plugin's query editor, and its answer as a chart and as a table. */
export function Explore({ plugin, dataSource }: ExploreProps) {
  const [query, setQuery] = useState<DataQuery>({
    refId: 'A',
    ...dataSource.getDefaultQuery?.('explore' as never),
    ...{ live: true },
  });
  const [minutes, setMinutes] = useState(60);
  const [run, setRun] = useState(0);
  const response = useAnswer(dataSource, query, minutes, run);
  const Editor = plugin.components.QueryEditor!;
  const frames = (response?.data ?? []) as DataFrame[];
  const notices = frames.flatMap((frame) => frame.meta?.notices ?? []);
  const rerun = () => setRun((count) => count + 1);
  return (
    <Stack direction="column" gap={2}>
      <Stack>
        <InlineField label="Time range" htmlFor="range">
          <Combobox
            id="range"
            options={ranges}
            value={minutes}
            onChange={({ value }) => setMinutes(value)}
            width={24}
          />
        </InlineField>
        <Button onClick={rerun} icon="sync">
          Run query
        </Button>
      </Stack>
      <Editor
        datasource={dataSource}
        query={query}
        onChange={setQuery}
        onRunQuery={rerun}
        range={requestOf(query, minutes, run).range}
      />
      {response?.errors?.map(({ message }, index) => (
        <Alert key={index} severity="error" title={message ?? 'The query failed'} />
      ))}
      {notices.map(({ text, severity }) => (
        <Alert key={text} severity={severity} title={text} />
      ))}
      {frames.map((frame, index) => (
        <section key={index} aria-label="Answer">
          <AnswerChart frame={frame} />
          <AnswerTable frame={frame} />
        </section>
      ))}
    </Stack>
  );
}

/** Asks anew whenever the query, the range or `run` changes; a live answer goes on by itself. */
function useAnswer(dataSource: DataSourceApi, query: DataQuery, minutes: number, run: number) {
  const [response, setResponse] = useState<DataQueryResponse | null>(null);
  useEffect(() => {
    const answer = dataSource.query(requestOf(query, minutes, run));
    if (!isObservable(answer)) {
      return;
    }
    const subscription = answer.subscribe({
      next: (next) => setResponse(next as DataQueryResponse),
      error: (error: { data?: { message?: string }; message?: string }) =>
        setResponse({
          data: [],
          state: LoadingState.Error,
          errors: [{ message: error.data?.message ?? error.message ?? String(error) }],
        }),
    });
    return () => subscription.unsubscribe();
  }, [dataSource, query, minutes, run]);
  return response;
}

function requestOf(query: DataQuery, minutes: number, run: number): DataQueryRequest {
  const to = Date.now();
  const from = to - minutes * minute;
  return {
    requestId: `workbench-${run}`,
    app: 'workbench',
    targets: [{ datasource: { uid: 'workbench', type: 'amiws-cdr-datasource' }, ...query }],
    range: { from: dateTime(from), to: dateTime(to), raw: { from: `now-${minutes}m`, to: 'now' } },
    intervalMs: Math.max(minute, (minutes * minute) / 100),
    interval: '1m',
    maxDataPoints: 1000,
    scopedVars: {},
    startTime: to,
    timezone: 'browser',
  };
}
