import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { sentence, type Sentence, type Text } from '../sentences/sentence';
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
    throw new ImportError([sentence('import.no-folder', { setting })]);
  }
  if (file === '' || file.includes('\0')) {
    throw new ImportError([sentence('import.no-file')]);
  }
  const allowed = await found(folder, {
    unreadable: sentence('import.folder-unreadable', { setting }),
    missing: sentence('import.folder-missing', { setting }),
  });
  const asked = path.resolve(allowed, file);
  const real = await found(asked, ofFile(file), allowed);
  if (!isInside(allowed, real)) {
    throw new ImportError(outside(file));
  }
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new ImportError([sentence('import.not-a-file', { file: JSON.stringify(file) })]);
  }
  return handle;
}

async function found(
  asked: string,
  { unreadable, missing }: Record<'unreadable' | 'missing', Sentence>,
  allowed?: string
): Promise<string> {
  // Whether a file outside exists is nobody's business either.
  if (allowed !== undefined && !isInside(allowed, asked)) {
    throw new ImportError(outside(asked));
  }
  try {
    return await realpath(asked);
  } catch (error) {
    const isDenied = (error as NodeJS.ErrnoException).code === 'EACCES';
    throw new ImportError([isDenied ? unreadable : missing], { cause: error });
  }
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function outside(file: string): Text {
  return [sentence('import.outside', { file: JSON.stringify(file), setting })];
}

function ofFile(name: string): Record<'unreadable' | 'missing', Sentence> {
  const file = JSON.stringify(name);
  return {
    unreadable: sentence('import.file-unreadable', { file }),
    missing: sentence('import.file-missing', { file }),
  };
}
