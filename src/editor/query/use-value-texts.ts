import { useEffect, useState } from 'react';
import type { CdrDataSource } from '../../datasource/data-source';
import type { ValuesFilter } from './filters';

/** Fields whose values are ids that may have names. */
const named = [
  'agent',
  'queue',
  'callingAgent',
  'did',
  'trunk',
  'transferTarget',
] as const satisfies readonly ValuesFilter[];

/** How the values of a filter are shown, as far as they are known; asked for where there are any to show. */
export function useValueTexts(
  datasource: Pick<CdrDataSource, 'suggest'>,
  name: ValuesFilter,
  hasValues: boolean
): ReadonlyMap<string, string> {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const isWanted = hasValues && named.some((known) => known === name);
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    let isStale = false;
    datasource
      .suggest(name as (typeof named)[number])
      .catch(() => [])
      .then((found) => {
        if (!isStale) {
          setTexts(new Map(found.map(({ value, text }) => [value, text])));
        }
      });
    return () => {
      isStale = true;
    };
  }, [datasource, name, isWanted]);
  return texts;
}
