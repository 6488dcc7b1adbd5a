import type { DataQuery, DataSourceJsonData } from '@grafana/data';
import type { SavedQuery } from '../query/model';
import type { SavedSettings } from '../settings/settings';

/**
 * A saved query as a panel holds it. Its `timeZone` may also be `dashboard`, which stands for the zone of the request;
 * an alert rule, which has no dashboard, counts in the PBX's.
 */
export type PanelQuery = SavedQuery & Pick<DataQuery, 'hide' | 'datasource' | 'key'>;

export type SettingsJson = SavedSettings & DataSourceJsonData;
