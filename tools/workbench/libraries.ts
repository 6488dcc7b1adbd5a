import path from 'node:path';

/** Where React and @grafana/* of the page are: the project's own, or those of the folder GRAFANA_LIBRARIES. */
export const libraries = path.join(import.meta.dirname, '../..', process.env.GRAFANA_LIBRARIES ?? '', 'node_modules');
