import type { ResourceChunk, ResourceRequest } from '../../plugin-protocol/plugin';
import { parseSettings } from '../../settings/settings';
import type { Asked } from '../sources/roles';
import type { ServedList } from '../sources/served-list';
import { callResource } from './call-resource';

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
