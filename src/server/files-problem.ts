import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { makePrivateFolder } from '../store/duckdb/private-files';

/** Why nothing can be kept in the data folder; null where files can. */
export async function filesProblem(folder: string): Promise<string | null> {
  try {
    await makePrivateFolder(folder);
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    return (
      `Grafana may not keep files (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}): after a restart of ` +
      'Grafana a data source listens from the first request on, and look-ups of masked numbers are counted from zero'
    );
  }
}
