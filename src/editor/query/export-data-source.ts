import type { CdrDataSource } from '../../datasource/data-source';

/** What an export needs of the data source. */
export type ExportDataSource = Pick<CdrDataSource, 'uid' | 'applyTemplateVariables' | 'getResource' | 'postForm'>;
