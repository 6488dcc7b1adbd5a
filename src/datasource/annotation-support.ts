import { AnnotationEventFieldSource, type AnnotationSupport } from '@grafana/data';
import { timeEndTitle } from '../answers/annotations-answer';
import type { PanelQuery } from './panel-query';

/**
 * How dashboards ask for annotations. Grafana finds the fields of an annotation by the titles of the columns, so the one
 * whose title is another has to be told; without it a stretch would show as a moment.
 */
export const annotationSupport: AnnotationSupport<PanelQuery> = {
  getDefaultQuery: () => ({ queryType: 'annotations' }),
  // Grafana's editor asks again for as long as it is handed another object.
  prepareAnnotation: (json) =>
    json.mappings?.timeEnd
      ? json
      : {
          ...json,
          mappings: { ...json.mappings, timeEnd: { source: AnnotationEventFieldSource.Field, value: timeEndTitle } },
        },
};
