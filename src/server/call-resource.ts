import * as v from 'valibot';
import { dimensions } from '../cdr/dimensions';
import { PluginError, type ResourceChunk, type ResourceRequest } from '../plugin-protocol/plugin';
import { parseQuery } from '../query/parse-query';
import type { SuggestionField } from '../store/store';
import type { DataSource } from './data-source';
import { statusOf } from './status';

type Resource = (source: DataSource, parameters: URLSearchParams) => Promise<unknown>;

/** What the browser part reads, by path; every answer is JSON. */
const resources: Readonly<Record<string, Resource>> = {
  status: (source) => statusOf(source),
  suggestions: async (source, parameters) => {
    const filters: unknown = JSON.parse(parameters.get('filters') || '{}');
    return source.store.suggest(
      suggestionField(parameters.get('field')),
      parseQuery({ queryType: 'calls', filters }).filters
    );
  },
};

const fields = ['source', 'destination', 'customFields', ...dimensions] as const;

function suggestionField(field: string | null): SuggestionField | 'customFields' {
  const known = v.safeParse(v.picklist(fields), field);
  if (known.success && known.output !== 'hourOfDay' && known.output !== 'dayOfWeek') {
    return known.output;
  }
  if (field !== null && /^custom\..+/.test(field)) {
    return field as `custom.${string}`;
  }
  throw new PluginError(
    `Nothing can be suggested for the field ${JSON.stringify(field)}. Expected one of ${fields.join(', ')} or custom.<label>.`,
    'downstream'
  );
}

export async function callResource(source: DataSource, request: ResourceRequest): Promise<ResourceChunk> {
  const resource = Object.hasOwn(resources, request.path) ? resources[request.path] : undefined;
  if (!resource || request.method !== 'GET') {
    const known = Object.keys(resources).join(', ');
    return json(404, { message: `There is no ${request.method} ${request.path}. Expected GET of one of: ${known}.` });
  }
  try {
    return json(200, await resource(source, new URL(request.url, 'http://plugin/').searchParams));
  } catch (error) {
    return json(error instanceof PluginError ? error.status : 400, {
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

function json(status: number, body: unknown): ResourceChunk {
  return {
    status,
    headers: { 'Content-Type': ['application/json'] },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}
