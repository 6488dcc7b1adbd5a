import { isFetchError } from '@grafana/runtime';

/** What went wrong with a request to the server part, in its own words where it gave some. */
export function failureText(error: unknown): string {
  if (isFetchError<{ message?: string }>(error)) {
    return error.data?.message ?? error.statusText ?? String(error.status);
  }
  return error instanceof Error ? error.message : String(error);
}
