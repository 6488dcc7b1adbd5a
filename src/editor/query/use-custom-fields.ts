import { useEffect, useState } from 'react';
import type { CdrDataSource } from '../../datasource/data-source';

/** Labels of the custom fields that the store has seen; none until they are known or when they can't be had. */
export function useCustomFields(datasource: Pick<CdrDataSource, 'suggest'>): string[] {
  const [labels, setLabels] = useState<string[]>([]);
  useEffect(() => {
    let isStale = false;
    datasource
      .suggest('customFields')
      .catch(() => [])
      .then((found) => {
        if (!isStale) {
          setLabels(found.map(({ value }) => value));
        }
      });
    return () => {
      isStale = true;
    };
  }, [datasource]);
  return labels;
}
