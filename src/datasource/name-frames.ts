import type { DataFrame } from '@grafana/data';
import { describeQuery } from './describe-query';
import type { PanelQuery } from './panel-query';

/**
 * Names the frames of some queries, variables put in, by what they show: Grafana lists them by name, and those of two queries
 * would be called alike.
 */
export function nameFrames(queries: readonly PanelQuery[]): (frame: DataFrame) => DataFrame {
  const names = new Map(queries.map((query) => [query.refId, describeQuery(query)]));
  return (frame) => ({ ...frame, name: names.get(frame.refId ?? '') ?? frame.name });
}
