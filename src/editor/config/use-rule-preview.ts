import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import { catchError, map, of, switchMap, timer } from 'rxjs';
import type { RulePreview } from '../../cdr/preview-rules';
import type { SettingsJson } from '../../datasource/panel-query';

/** Who types is not asked for after each key. Milliseconds. */
const typingMs = 500;

/** What the rules as they stand would make of the last calls; null until known, or where nothing can tell. */
export function useRulePreview(uid: string, settings: SettingsJson): RulePreview | null {
  const [preview, setPreview] = useState<RulePreview | null>(null);
  const { directionRules, externalChannels, agentPatterns } = settings;
  const rules = JSON.stringify({ directionRules, externalChannels, agentPatterns });

  useEffect(() => {
    const request = {
      url: `/api/datasources/uid/${uid}/resources/preview-rules`,
      method: 'POST',
      data: JSON.parse(rules) as object,
      showErrorAlert: false,
    };
    const subscription = timer(typingMs)
      .pipe(
        switchMap(() => getBackendSrv().fetch<RulePreview>(request)),
        map(({ data }) => data),
        // A pattern that does not compile is told beside it; a data source that was never saved has no calls.
        catchError(() => of(null))
      )
      .subscribe(setPreview);
    return () => subscription.unsubscribe();
  }, [uid, rules]);

  return preview;
}
