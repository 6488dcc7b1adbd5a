import { createLogger } from '../plugin-protocol/log';
import { serve } from '../plugin-protocol/serve';
import { cdrPlugin } from './cdr-plugin';
import { csvFolder } from './csv-folder';
import { dataFolder } from './data-folder';
import { dropGarbageOfStart } from './drop-garbage-of-start';
import { moveCommand } from './move-command';

// What is kept of calls, and of who may read them, is nobody's business but Grafana's.
process.umask(0o077);
const folder = dataFolder(process.env, __dirname);
const [command, ...args] = process.argv.slice(2);
if (command === 'move-store') {
  moveCommand(args, folder, process.env, (line) => process.stdout.write(`${line}\n`))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    })
    .then((code) => (process.exitCode = code));
} else {
  const log = createLogger('amiws-cdr-datasource');
  log.info('Starting', { folder, node: process.version });
  void serve(cdrPlugin(folder, csvFolder(process.env), log), { log });
  dropGarbageOfStart();
}
