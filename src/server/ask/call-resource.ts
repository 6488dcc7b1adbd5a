import * as v from 'valibot';
import { suggest } from '../../answers/suggest';
import { compileCallRules } from '../../cdr/call-rules';
import { previewRules } from '../../cdr/preview-rules';
import { PluginError, type ResourceChunk, type ResourceRequest } from '../../plugin-protocol/plugin';
import { parseQuery } from '../../query/parse-query';
import { parseRange, type Range } from '../../query/parse-range';
import { questionSize } from '../../query/question-bounds';
import { excerpt } from '../../settings/describe-issues';
import { parseRules } from '../../settings/settings';
import { setupChecks } from '../../setup/setup-checks';
import { suggestedFields, type SuggestedField } from '../../query/variable-query';
import type { Asked } from '../sources/roles';
import type { ServedList } from '../sources/served-list';
import { countExport, exportRows } from '../export/export-rows';
import { forgetServer } from './forget-server';
import { isAdmin } from './is-admin';
import { liveKind } from '../live/live-channel';
import { numberView, type NumberView } from './number-view';
import { setupSeen } from './setup-seen';
import { shownError } from './shown-error';
import { statusOf } from './status';
import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

type Resource = (
  source: Asked,
  parameters: URLSearchParams,
  body: unknown,
  view: NumberView,
  signal: AbortSignal,
  served: ServedList
) => Promise<unknown>;

/** Of the calls that something is asked of; null for all. */
function rangeOf(parameters: URLSearchParams): Range | null {
  return parameters.has('from') || parameters.has('to')
    ? parseRange({ from: numberOf(parameters.get('from')), to: numberOf(parameters.get('to')) })
    : null;
}

const numberOf = (text: string | null): number => (text ? Number(text) : NaN);

/** Calls that a preview of rules looks at. */
const previewedCalls = 1000;

/** What the browser part asks, by method and path; bodies and answers are JSON. */
const resources: Readonly<Record<string, Resource>> = {
  'GET suggestions': async (source, parameters, _, view, signal) => {
    const asked: unknown = JSON.parse(parameters.get('filters') || '{}');
    const filters = view.filters(parseQuery({ queryType: 'calls', filters: asked }).filters);
    const { directory, defaults } = source.answers;
    const field = suggestionField(parameters.get('field'));
    const range = rangeOf(parameters);
    const found = await suggest(field, filters, directory, defaults.businessHours?.hours ?? null, (one, passing) =>
      source.store.suggest(one, passing, range, signal)
    );
    return view.suggestions(found);
  },
  'GET live-kind': async (source, _, __, view) => ({ kind: liveKind(source, view, Date.now()) }),
  'GET export-count': (source, parameters, _, view, signal) => countExport(source, parameters, view, signal),
  'GET export-progress': async (source, parameters) => source.exports.of(parameters.get('id') ?? ''),
};

/** What the configuration page asks: it shows folders, addresses and channels, or starts work. */
const adminResources: Readonly<Record<string, Resource>> = {
  'GET status': (source) => statusOf(source),
  'GET setup': async (source) => setupChecks(await setupSeen(source), Date.now()),
  'POST preview-rules': async (source, _, body, view, signal) => {
    if (view.isMasked) {
      throw new Refusal([sentence('mask.rules')], 'downstream', 403);
    }
    return previewRules(
      await source.store.recordsOfLastCalls(previewedCalls, signal),
      compileCallRules(parseRules(body))
    );
  },
  'GET listening': async (_, __, ___, ____, _____, served) => served.list(),
  'POST stop-listening': async (_, __, body, ___, ____, served) => served.stopListening(uidOf(body)),
  'POST delete-stored': async (_, __, body, ___, ____, served) => served.deleteStored(uidOf(body)),
  'POST forget-server': async (source, _, body) => forgetServer(source, body),
  'POST read-directory': async (source, _, body, __, signal) =>
    source.imports.readDirectory((body as { import?: unknown } | null)?.import, signal),
  'POST import': async (source, _, body) => source.imports.start((body as { import?: unknown } | null)?.import),
};

function uidOf(body: unknown): string {
  const parsed = v.safeParse(v.object({ uid: v.string() }), body);
  if (!parsed.success) {
    throw new PluginError('Expected the UID of a data source, as {"uid": "…"}.', 'downstream');
  }
  return parsed.output.uid;
}

/** The one that streams a file. */
const exportName = 'GET export';

const fields = [...suggestedFields, 'customFields'] as const;

function suggestionField(field: string | null): SuggestedField | 'customFields' {
  const known = v.safeParse(v.picklist(fields), field);
  if (known.success) {
    return known.output;
  }
  if (field !== null && field.length <= questionSize.text && /^custom\..+/.test(field)) {
    return field as `custom.${string}`;
  }
  throw new PluginError(
    `Nothing can be suggested for the field ${excerpt(JSON.stringify(field))}. Expected one of ${fields.join(', ')} or custom.<label>.`,
    'downstream'
  );
}

/**
 * What is asked, by method and path, and its parameters. A form that is posted asks as an address does: one that is long would not
 * pass proxies, of which many allow 8 KiB.
 */
function askedOf({ method, path, url, headers, body }: ResourceRequest): { name: string; parameters: URLSearchParams } {
  return isForm(method, headers)
    ? { name: `GET ${path}`, parameters: new URLSearchParams(new TextDecoder().decode(body)) }
    : { name: `${method} ${path}`, parameters: new URL(url, 'http://plugin/').searchParams };
}

function isForm(method: string, headers: ResourceRequest['headers']): boolean {
  return method === 'POST' && (headers['content-type']?.[0] ?? '').startsWith('application/x-www-form-urlencoded');
}

/** Answers what the browser part asks. @throws PluginError with what is shown of a failure */
export async function callResource(
  source: Asked,
  request: ResourceRequest,
  send: (chunk: ResourceChunk) => Promise<void>,
  signal: AbortSignal,
  served: ServedList
): Promise<void> {
  const { name, parameters } = askedOf(request);
  const view = numberView(source, request.context);
  try {
    await (name === exportName
      ? exportRows(source, parameters, view, send, signal)
      : send(await answer(name, source, parameters, view, request, signal, served)));
  } catch (error) {
    signal.throwIfAborted();
    throw shownError(error, isAdmin(request.context), (failure) => source.problemOf(failure));
  }
}

async function answer(
  name: string,
  source: Asked,
  parameters: URLSearchParams,
  view: NumberView,
  { method, headers, body: bytes, context }: ResourceRequest,
  signal: AbortSignal,
  served: ServedList
): Promise<ResourceChunk> {
  const resource = resourceOf(name, isAdmin(context));
  const hasJson = bytes.length > 0 && !isForm(method, headers);
  const body: unknown = hasJson ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
  const found = await resource(source, parameters, body, view, signal, served);
  return {
    status: 200,
    headers: { 'Content-Type': ['application/json'] },
    // No text at all is no JSON: a browser takes it for a failure.
    body: new TextEncoder().encode(JSON.stringify(found ?? null)),
  };
}

function resourceOf(name: string, forAdmin: boolean): Resource {
  const open = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (open) {
    return open;
  }
  const closed = Object.hasOwn(adminResources, name) ? adminResources[name] : undefined;
  if (!closed) {
    const known = [...Object.keys(resources), exportName, ...Object.keys(adminResources)].join(', ');
    throw new PluginError(`There is no ${name}. Expected one of: ${known}.`, 'downstream', 404);
  }
  if (!forAdmin) {
    throw new PluginError(
      `Only an Admin may ask for ${name}: it belongs to the configuration page.`,
      'downstream',
      403
    );
  }
  return closed;
}
