import {
  dateTime,
  dateTimeFormat,
  FieldType,
  type DataFrame,
  type DataLink,
  type Field,
  type InterpolateFunction,
  type TimeRange,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { fillRecordingUrl, recordingUrlColumns, recordingUrlProblem } from '../settings/recording-url';
import type { PanelQuery, SettingsJson } from './panel-query';

/** The data source whose rows are linked. */
export interface LinkSource {
  uid: string;
  name: string;
  settings: Pick<SettingsJson, 'recordingUrl' | 'timeZone' | 'serverTimeZones'>;
}

/** Legs of one call may begin so much before or after the row that is clicked. */
const margin = 86_400_000;

/** Links from the linked id of each row to the legs and the journey of its call and, where an address is set, to its recording. */
export function addDataLinks(frame: DataFrame, source: LinkSource): DataFrame {
  const has = (name: string): boolean => frame.fields.some((field) => field.name === name);
  if (!has('linkedId') || !has('server') || frame.length === 0) {
    return frame;
  }
  const { recordingUrl = '' } = source.settings;
  const isRecorded = recordingUrlProblem(recordingUrl) === null && recordingUrlColumns(recordingUrl).every(has);
  const links = [
    legsLink(frame, source),
    journeyLink(frame, source),
    ...(isRecorded ? [recordingLink(recordingUrl, source)] : []),
  ];
  return {
    ...frame,
    fields: frame.fields.map((field) => (field.name === 'linkedId' ? linked(field, links) : field)),
  };
}

function linked(field: Field, links: DataLink[]): Field {
  return { ...field, config: { ...field.config, links } };
}

function legsLink(frame: DataFrame, source: LinkSource): DataLink<PanelQuery> {
  const title = t('query-editor.links.legs', 'Legs of this call');
  return exploreLink(title, { queryType: 'records', sortOrder: 'asc' }, frame, source);
}

function journeyLink(frame: DataFrame, source: LinkSource): DataLink<PanelQuery> {
  return exploreLink(t('query-editor.links.journey', 'Journey of this call'), { queryType: 'journey' }, frame, source);
}

/** Asks something of the call of the row in Explore. */
function exploreLink(
  title: string,
  asked: Omit<PanelQuery, 'refId' | 'filters'>,
  frame: DataFrame,
  { uid, name }: LinkSource
): DataLink<PanelQuery> {
  const filters = { server: ['${__data.fields.server}'], linkedId: ['${__value.raw}'] };
  return {
    title,
    url: '',
    internal: {
      datasourceUid: uid,
      datasourceName: name,
      query: { refId: 'A', ...asked, filters },
      range: rangeOf(frame),
    },
  };
}

/** All calls of the frame with their legs: a link's range is the same for every row. */
function rangeOf({ fields }: DataFrame): TimeRange | undefined {
  const times = fields
    .filter(({ type }) => type === FieldType.time)
    .flatMap(({ values }) => values as Array<number | null>)
    .filter((time) => time !== null);
  if (times.length === 0) {
    return undefined;
  }
  const from = dateTime(times.reduce((least, time) => Math.min(least, time)) - margin);
  const to = dateTime(times.reduce((most, time) => Math.max(most, time)) + margin);
  return { from, to, raw: { from, to } };
}

/**
 * The address is built with the row at hand: Grafana's own variables would write dates in the browser's zone, while
 * recordings lie in folders named by the PBX's.
 */
function recordingLink(template: string, { settings }: LinkSource): DataLink {
  return {
    title: t('query-editor.links.recording', 'Recording'),
    url: '',
    targetBlank: true,
    onBuildUrl: ({ replaceVariables }) =>
      replaceVariables === undefined ? '' : fillRecordingUrl(template, rowTexts(replaceVariables, settings)),
  };
}

function rowTexts(replace: InterpolateFunction, { timeZone, serverTimeZones }: LinkSource['settings']) {
  const text = (column: string): string => replace(`\${__data.fields["${column}"].text}`);
  return {
    text,
    date: (column: string, format: string): string => {
      const time = Number(replace(`\${__data.fields["${column}"].numeric}`));
      const zone = serverTimeZones?.[text('server')] || timeZone || undefined;
      return Number.isFinite(time) ? dateTimeFormat(time, { format, timeZone: zone }) : '';
    },
  };
}
