import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import { firstValueFrom, lastValueFrom, map, type Observable } from 'rxjs';
import type { Listening } from '../../setup/listening';
import { failureText } from '../../say/failure-text';

export interface ListeningInGrafana extends Listening {
  /** False for one that Grafana has no more. */
  isInGrafana: boolean;
}

export interface ListeningState {
  /** Null until it is known, and for who may not know. */
  list: ListeningInGrafana[] | null;
  problem: string | null;
  stop: (uid: string) => Promise<void>;
  deleteStored: (uid: string) => Promise<void>;
}

function ask<T>(url: string, body?: object): Observable<T> {
  const method = body === undefined ? 'GET' : 'POST';
  return getBackendSrv()
    .fetch<T>({ url, method, data: body, showErrorAlert: false })
    .pipe(map(({ data }) => data));
}

async function look(resources: string): Promise<ListeningInGrafana[]> {
  const [listening, inGrafana] = await Promise.all([
    firstValueFrom(ask<Listening[]>(`${resources}/listening`)),
    firstValueFrom(ask<Array<{ uid: string }>>('/api/datasources')),
  ]);
  const uids = new Set(inGrafana.map(({ uid }) => uid));
  return listening.map((one) => ({ ...one, isInGrafana: uids.has(one.uid) }));
}

/** What the server part has served in this organization, beside what Grafana has. */
export function useListening(uid: string): ListeningState {
  const [list, setList] = useState<ListeningInGrafana[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [looks, setLooks] = useState(0);
  const resources = `/api/datasources/uid/${uid}/resources`;

  useEffect(() => {
    let isCurrent = true;
    look(resources).then(
      (found) => isCurrent && setList(found),
      // A data source that was never saved has none; Save & test shows what else is wrong.
      () => undefined
    );
    return () => {
      isCurrent = false;
    };
  }, [resources, looks]);

  const act = async (name: string, of: string): Promise<void> => {
    try {
      await lastValueFrom(ask(`${resources}/${name}`, { uid: of }));
      setProblem(null);
    } catch (error) {
      setProblem(failureText(error));
    }
    setLooks((before) => before + 1);
  };

  return {
    list,
    problem,
    stop: (of) => act('stop-listening', of),
    deleteStored: (of) => act('delete-stored', of),
  };
}
