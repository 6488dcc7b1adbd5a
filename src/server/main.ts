import { createLogger } from '../plugin-protocol/log';
import { serve } from '../plugin-protocol/serve';
import { cdrPlugin } from './cdr-plugin';
import { csvFolder } from './csv-folder';
import { dataFolder } from './data-folder';

// What is kept of calls, and of who may read them, is nobody's business but Grafana's.
process.umask(0o077);
const log = createLogger('amiws-cdr-datasource');
const folder = dataFolder(process.env, __dirname);
log.info('Starting', { folder, node: process.version });
void serve(cdrPlugin(folder, csvFolder(process.env), log), { log });
