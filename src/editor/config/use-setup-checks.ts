import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import { catchError, defer, map, of, switchMap, timer } from 'rxjs';
import type { SetupCheck } from '../../setup/setup-checks';

/** How often the page looks again. Milliseconds. */
const lookMs = 5_000;

/** `checks` is null until they are known, and stays what it was while they can't be had; then `isAway`. */
export interface SetupState {
  checks: SetupCheck[] | null;
  isAway: boolean;
}

/** The check list, asked for again and again while the page is open; `isWanted` is false where there is no server part to ask. */
export function useSetupChecks(uid: string, isWanted = true): SetupState {
  const [state, setState] = useState<SetupState>({ checks: null, isAway: false });

  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const request = { url: `/api/datasources/uid/${uid}/resources/setup`, method: 'GET', showErrorAlert: false };
    const subscription = timer(0, lookMs)
      .pipe(
        switchMap(() =>
          defer(() => getBackendSrv().fetch<SetupCheck[]>(request)).pipe(
            map(({ data }) => data),
            catchError(() => of(null))
          )
        )
      )
      .subscribe((checks) => setState((before) => ({ checks: checks ?? before.checks, isAway: checks === null })));
    return () => subscription.unsubscribe();
  }, [uid, isWanted]);

  return state;
}
