import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import { catchError, defer, filter, map, of, switchMap, timer } from 'rxjs';
import type { ImportProgress } from '../../setup/import-progress';

/** How often the page looks again. Milliseconds. */
const lookMs = 2_000;

/** How each saved import fares, in the order of the settings; asked for only while there are any. */
export function useImportProgress(uid: string, isWanted: boolean): ReadonlyArray<ImportProgress | null> {
  const [progress, setProgress] = useState<ReadonlyArray<ImportProgress | null>>([]);

  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const request = { url: `/api/datasources/uid/${uid}/resources/status`, method: 'GET', showErrorAlert: false };
    const subscription = timer(0, lookMs)
      .pipe(
        switchMap(() =>
          defer(() => getBackendSrv().fetch<{ imports?: Array<ImportProgress | null> }>(request)).pipe(
            map(({ data }) => data.imports),
            // A data source that was never saved has none; Save & test tells what else is wrong.
            catchError(() => of(undefined))
          )
        ),
        filter((imports) => imports !== undefined)
      )
      .subscribe(setProgress);
    return () => subscription.unsubscribe();
  }, [uid, isWanted]);

  return progress;
}
