import { useEffect, useState } from 'react';
import { catchError, defer, EMPTY, exhaustMap, takeWhile, timer } from 'rxjs';
import type { ExportProgress } from '../../export/export-progress';
import type { ExportDataSource } from './export-data-source';

/** How often the server part is asked. Milliseconds. */
const lookMs = 1_000;

/** How far an export is, until it ends; that the server part can't be asked for a while changes nothing. */
export function useExportProgress(datasource: ExportDataSource, id: string): ExportProgress {
  const [progress, setProgress] = useState<ExportProgress>({ state: 'waiting', done: 0, total: 0 });

  useEffect(() => {
    const subscription = timer(0, lookMs)
      .pipe(
        exhaustMap(() =>
          defer(() =>
            datasource.getResource<ExportProgress>('export-progress', { id }, { showErrorAlert: false })
          ).pipe(catchError(() => EMPTY))
        ),
        takeWhile(({ state }) => state !== 'done' && state !== 'failed', true)
      )
      .subscribe(setProgress);
    return () => subscription.unsubscribe();
  }, [datasource, id]);

  return progress;
}
