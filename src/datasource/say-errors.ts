import type { DataFrame, DataQueryResponse } from '@grafana/data';
import { english } from '../sentences/english';
import type { Text } from '../sentences/sentence';
import { sayText } from '../say/say-text';

/**
 * The errors of queries in the user's language. Of an error, only its English message passes Grafana; its sentences come in
 * the meta of a frame without rows, which is left out.
 */
export function sayErrors(response: DataQueryResponse): DataQueryResponse {
  const errors = response.errors ?? (response.error ? [response.error] : []);
  if (errors.length === 0) {
    return response;
  }
  const failures = new Set(errors.map(({ message }) => message));
  const said = new Map(response.data.flatMap(textsOf).map((text) => [english(text), sayText(text)]));
  const inWords = <Failed extends { message?: string }>(error: Failed): Failed => {
    const message = said.get(error.message ?? '');
    return message === undefined ? error : { ...error, message };
  };
  return {
    ...response,
    data: response.data.filter((frame: DataFrame) => !textsOf(frame).some((text) => failures.has(english(text)))),
    ...(response.error && { error: inWords(response.error) }),
    ...(response.errors && { errors: response.errors.map(inWords) }),
  };
}

function textsOf({ meta }: DataFrame): Text[] {
  return (meta?.custom?.texts as Text[] | undefined) ?? [];
}
