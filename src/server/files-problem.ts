import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { sentence, type Sentence } from '../sentences/sentence';
import { makePrivateFolder } from '../store/duckdb/private-files';

/** Why nothing can be kept in the data folder; null where files can. */
export async function filesProblem(folder: string): Promise<Sentence | null> {
  try {
    await makePrivateFolder(folder);
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    return sentence('health.files', { code: (error as NodeJS.ErrnoException).code ?? 'unknown reason' });
  }
}
