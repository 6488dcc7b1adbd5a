import { Subject } from 'rxjs';
import { livePath } from '../../query/live-path';
import { parseSettings } from '../../settings/settings';
import type { DataSource } from '../sources/data-source';
import { runChannel } from './live-channel';

const data = { query: { queryType: 'servers' }, start: { rangeMs: 1 }, intervalMs: 1 };
const request = {
  context: { orgId: 1, pluginId: '' },
  headers: {},
  path: livePath('none', true, data),
  data,
};

/** What a live channel of PBX status needs of a data source. */
const source = (liveChannels: number) =>
  ({
    settings: parseSettings({}),
    liveChannels,
    changes: new Subject(),
    boardChanges: new Subject(),
    answers: { serversNow: () => [] },
  }) as unknown as DataSource;

test('a data source runs 500 live channels, and says why it opens no more', async () => {
  const full = source(500);
  const refused = runChannel(full, request, async () => undefined, new AbortController().signal);
  await expect(refused).rejects.toThrow('500 live channels run already');
  expect(full.liveChannels).toBe(500);
});

test('a channel that ends makes room for another', async () => {
  const busy = source(499);
  const end = new AbortController();
  const sent: number[] = [];
  await runChannel(
    busy,
    request,
    async () => {
      sent.push(busy.liveChannels);
      end.abort();
    },
    end.signal
  );
  expect(sent).toEqual([500]);
  expect(busy.liveChannels).toBe(499);
});
