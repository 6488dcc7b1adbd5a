import { Directory } from '../../cdr/directory';
import type { ResourceChunk, ResourceRequest } from '../../plugin-protocol/plugin';
import { parseSettings } from '../../settings/settings';
import type { Asked } from '../sources/roles';
import type { ServedList } from '../sources/served-list';
import { callResource } from './call-resource';

test('a form that is posted asks as an address does, so that proxies cut no long filters and ranges', async () => {
  const suggest = jest.fn(async () => ['sales']);
  const source = {
    settings: parseSettings({ amiwsUrl: 'ws://pbx' }),
    store: { suggest },
    answers: { directory: new Directory([]), defaults: { businessHours: null } },
  } as unknown as Asked;
  const parameters = { field: 'server', filters: '{"queue":["sales"]}', from: '1000', to: '2000' };
  const text = new URLSearchParams(parameters).toString();
  const context = { user: { login: 'admin', role: 'Admin' } };
  const get = { method: 'GET', url: `suggestions?${text}`, headers: {}, body: new Uint8Array() };
  const headers = { 'content-type': ['application/x-www-form-urlencoded'] };
  const form = { method: 'POST', url: 'suggestions', headers, body: new TextEncoder().encode(text) };
  for (const asked of [get, form]) {
    const request = { path: 'suggestions', context, ...asked } as unknown as ResourceRequest;
    const sent: string[] = [];
    const send = async ({ body }: ResourceChunk): Promise<void> => void sent.push(new TextDecoder().decode(body));
    await callResource(source, request, send, new AbortController().signal, {} as ServedList);
    expect(JSON.parse(sent.join(''))).toEqual([{ value: 'sales', text: 'sales' }]);
  }
  const asked = ['server', { queue: ['sales'] }, { from: 1000, to: 2000 }, expect.anything()];
  expect(suggest.mock.calls).toEqual([asked, asked]);
});

test('an answer without a value is JSON, which browsers can read', async () => {
  const stopped: string[] = [];
  const served: ServedList = {
    list: () => [],
    stopListening: async (uid) => void stopped.push(uid),
    deleteStored: async () => undefined,
  };
  const source = { settings: parseSettings({ amiwsUrl: 'ws://pbx' }) } as unknown as Asked;
  const request = {
    method: 'POST',
    path: 'stop-listening',
    url: 'stop-listening',
    headers: {},
    body: new TextEncoder().encode('{"uid":"old"}'),
    context: { user: { login: 'admin', role: 'Admin' } },
  } as unknown as ResourceRequest;
  const chunks: ResourceChunk[] = [];
  await callResource(source, request, async (chunk) => void chunks.push(chunk), new AbortController().signal, served);
  expect(chunks.map(({ body }) => new TextDecoder().decode(body))).toEqual(['null']);
  expect(stopped).toEqual(['old']);
});
