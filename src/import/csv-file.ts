import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ImportError } from './import-error';

const setting = 'csv_folder in [plugin.amiws-cdr-datasource] of grafana.ini';

/**
 * Opens a file for reading that lies in the folder which the administrator of Grafana's machine allowed. Whoever may
 * edit a data source must not be able to read any other file through it: links are followed before it is checked.
 *
 * @param folder the allowed folder; undefined where none is
 * @throws ImportError
 */
export async function openCsvFile(folder: string | undefined, file: string): Promise<FileHandle> {
  if (!folder) {
    throw new ImportError(
      `No folder is allowed for files of imports. Set ${setting} to the folder that holds Master.csv or queue_log.`
    );
  }
  if (file === '' || file.includes('\0')) {
    throw new ImportError('Give the path of the file, such as Master.csv or queue_log.');
  }
  const allowed = await found(folder, `The folder of ${setting}`);
  const asked = path.resolve(allowed, file);
  const real = await found(asked, `The file ${JSON.stringify(file)}`, allowed);
  if (!isInside(allowed, real)) {
    throw new ImportError(outside(file));
  }
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new ImportError(`${JSON.stringify(file)} is not a file. Expected one such as Master.csv or queue_log.`);
  }
  return handle;
}

async function found(asked: string, what: string, allowed?: string): Promise<string> {
  // Whether a file outside exists is nobody's business either.
  if (allowed !== undefined && !isInside(allowed, asked)) {
    throw new ImportError(outside(asked));
  }
  try {
    return await realpath(asked);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'EACCES' ? 'may not be read by the user that runs Grafana' : 'does not exist';
    throw new ImportError(`${what} ${reason}.`, { cause: error });
  }
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function outside(file: string): string {
  return `${JSON.stringify(file)} is outside the allowed folder. Only files in the folder of ${setting} are read.`;
}
