import { isFetchError } from '@grafana/runtime';
import { textOfError } from '../sentences/text-of-error';
import type { Text } from '../sentences/sentence';
import { sayText } from './say-text';

/** What went wrong, as here or in the server part, in the user's language where it is in sentences. */
export function failureText(error: unknown): string {
  if (isFetchError<{ message?: string; texts?: Text[] }>(error)) {
    const { data, statusText, status } = error;
    return data?.texts ? data.texts.map(sayText).join(' ') : (data?.message ?? statusText ?? String(status));
  }
  return sayText(textOfError(error));
}
