import type { AnnotationQuery, QueryEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { isBand } from '../../cdr/bands';
import { isHourFilter } from '../../cdr/filter-fields';
import { factsOf, type CallerFact } from '../../cdr/measures';
import { loadOf, metrics as allMetrics } from '../../cdr/metrics';
import type { CdrDataSource } from '../../datasource/data-source';
import { isAlerting } from '../../datasource/live-readers';
import type { PanelQuery, SettingsJson } from '../../datasource/panel-query';
import { migrateQuery } from '../../query/migrate-query';
import type { QueryType } from '../../query/model';
import { canFilterBy } from '../../query/question-filters';
import { statusColumns, type StatusQueryType } from '../../query/status-columns';
import { questionOf } from '../../query/questions';
import { asksSomething, lacksCall } from './asks-something';
import { BandsInput } from './BandsInput';
import { AnnotationsSection } from './AnnotationsSection';
import { CallerSpansSection } from './CallerSpansSection';
import { ColumnsSection } from './ColumnsSection';
import { CountBySection } from './CountBySection';
import { ExportButton } from './ExportButton';
import { FiguresSection } from './FiguresSection';
import { FiltersSection } from './FiltersSection';
import { filterNames, type FilterName } from './filters';
import { LiveHint } from './LiveHint';
import { QuestionSection } from './QuestionSection';
import { RowsSection } from './RowsSection';
import { ServiceLevelSection } from './ServiceLevelSection';
import { ShapeSection } from './ShapeSection';
import { ShortAbandonInput } from './ShortAbandonInput';
import { TableHint } from './TableHint';
import { TimeZoneSection } from './TimeZoneSection';
import { useCustomFields } from './use-custom-fields';
import { useFirstAnswer } from './use-first-answer';

type Props = QueryEditorProps<CdrDataSource, PanelQuery, SettingsJson> & {
  /** Given by the editor of annotations, which names no app (Grafana, StandardAnnotationQueryEditor.tsx). */
  annotation?: AnnotationQuery<PanelQuery>;
};

export function QueryEditor(props: Props) {
  const { query: saved, onChange, onRunQuery, datasource, app, range, data, queries, annotation } = props;
  useFirstAnswer(props);
  const query = migrateQuery(saved) as unknown as PanelQuery;
  // Custom statistics that happen to have the figures of another question must not close while they are being put together.
  const [isCustom, setIsCustom] = useState(() => questionOf(query) === 'custom');
  const customFields = useCustomFields(datasource);
  const section = { query, onChange, onRunQuery };
  const isStatistics = query.queryType === 'statistics';
  const isRows = query.queryType === 'records' || query.queryType === 'calls';
  const hasServiceLevel = query.metrics?.includes('serviceLevelPct');
  const callerFacts = callerFactsOf(query);
  const bandDimension = query.groupBy?.find(isBand);
  const canBeLive = !isAlerting(app) && !annotation;
  const question = isCustom && isStatistics ? 'custom' : questionOf(query);
  return (
    <Stack direction="column" gap={1}>
      <Stack wrap="wrap" gap={1}>
        <QuestionSection
          {...section}
          question={question}
          onPick={(picked) => setIsCustom(picked === 'custom')}
          canBeLive={canBeLive}
        />
        {isStatistics && <ShapeSection {...section} />}
        {isRows && <RowsSection {...section} />}
        {query.queryType === 'callsNow' && <CountBySection {...section} />}
        {isStatus(query.queryType) && !query.countBy?.length && <ColumnsSection {...section} type={query.queryType} />}
        {query.queryType === 'annotations' && <AnnotationsSection {...section} />}
        {(isStatistics || query.queryType === 'busiestHours') && <TimeZoneSection {...section} />}
        {datasource.canExport && asksSomething(query) && (
          <ExportButton {...{ query, datasource, range, data, customFields }} />
        )}
      </Stack>
      <LiveHint isLive={canBeLive && (query.live ?? false)} queries={queries} />
      <TableHint app={app} frames={data?.series.filter(({ refId }) => refId === query.refId) ?? []} />
      {question === 'custom' && (
        <Stack wrap="wrap" gap={1}>
          <FiguresSection {...section} customFields={customFields} />
        </Stack>
      )}
      {isStatistics && bandDimension && (
        <Stack wrap="wrap" gap={1}>
          <BandsInput {...section} dimension={bandDimension} />
        </Stack>
      )}
      {isStatistics && (hasServiceLevel || countsShortAbandons(query)) && (
        <Stack wrap="wrap" gap={1}>
          {hasServiceLevel && <ServiceLevelSection {...section} />}
          {countsShortAbandons(query) && <ShortAbandonInput {...section} />}
        </Stack>
      )}
      {callerFacts.length > 0 && (
        <Stack wrap="wrap" gap={1}>
          <CallerSpansSection {...section} facts={callerFacts} />
        </Stack>
      )}
      <FiltersSection
        {...section}
        datasource={datasource}
        customFields={customFields}
        only={filterNames(customFields).filter((name) => canBeFilteredBy(query, name))}
        open={query.queryType === 'journey' ? ['linkedId'] : []}
      />
      {lacksCall(query) && (
        <Text color="secondary">
          {t('query-editor.journey.empty', 'Enter a linked ID, or click a call in the question Calls.')}
        </Text>
      )}
    </Stack>
  );
}

/** Whether a query asks what goes on at the same time. */
function asksLoads({ queryType, metrics = [] }: PanelQuery): boolean {
  return queryType === 'busiestHours' || metrics.some((id) => id in allMetrics && loadOf(id) !== null);
}

/** What goes on at the same time is filtered by what is so of a call for as long as it lasts. */
function canBeFilteredBy(query: PanelQuery, name: FilterName): boolean {
  return canFilterBy(query.queryType!, name) && !(isHourFilter(name) && asksLoads(query));
}

/** The kinds of facts of callers that the figures of a query are of. */
function callerFactsOf({ queryType, metrics: ids = [] }: PanelQuery): CallerFact[] {
  if (queryType !== 'statistics') {
    return queryType === 'lostCallers' ? ['lostCaller'] : queryType === 'repeatedCallers' ? ['contact'] : [];
  }
  const facts = factsOf(ids.flatMap((id) => allMetrics[id]?.measures ?? []));
  return facts.filter((fact) => fact === 'lostCaller' || fact === 'contact');
}

function isStatus(type: QueryType | undefined): type is StatusQueryType {
  return type !== undefined && type in statusColumns;
}

/** Whether any figure of a query goes by short abandons. */
function countsShortAbandons({ metrics = [], serviceLevelDefinition }: PanelQuery): boolean {
  return (
    metrics.includes('shortAbandons') ||
    metrics.includes('abandonmentRateWithoutShort') ||
    (metrics.includes('serviceLevelPct') && serviceLevelDefinition === 'without-short-abandons')
  );
}
