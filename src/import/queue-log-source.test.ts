import { appendFile, mkdtemp, rename, rm, truncate, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { defaultRules } from '../../tests/support/cdr-builders';
import { PbxClock } from '../cdr/pbx-clock';
import { importEntries } from '../settings/import-settings';
import type { Chunk, HistorySource } from './history-source';
import { openHistory } from './open-history';

const start = 1_795_636_000;
let folder: string;
beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'queue-log-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Callers who joined, each a second after the one before. */
const callers = (from: number, count: number): string =>
  Array.from({ length: count }, (_, n) => {
    const at = start + from + n;
    return `${at}|${at}.${n}|support|NONE|ENTERQUEUE||555${from + n}|1\n`;
  }).join('');

const put = (name: string, text: string | Buffer): Promise<void> => writeFile(path.join(folder, name), text);
const open = (): Promise<HistorySource> =>
  openHistory({
    settings: v.parse(importEntries, { kind: 'queue_log', server: 'pbx', type: 'csv', path: 'queue_log' }),
    password: '',
    ca: '',
    csvFolder: folder,
    clock: new PbxClock('UTC'),
    rules: defaultRules,
  });

/** What a reading from a position on gives. */
async function read(position = '', most = Infinity) {
  const source = await open();
  const chunks: Chunk[] = [];
  for await (const chunk of source.history(position, 0)) {
    chunks.push(chunk);
    if (chunks.length >= most) {
      break;
    }
  }
  const problems = chunks.reduce((sum, { problems: { notQueueLog = 0 } }) => sum + notQueueLog, 0);
  const numbers = chunks.flatMap(({ events }) => events.map(({ caller }) => Number(caller?.number.slice(3))));
  return { numbers, notQueueLog: problems, position: chunks.at(-1)?.position ?? position };
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

describe('a queue_log', () => {
  it('is read with all that was rotated, packed or not, the oldest first', async () => {
    await put('queue_log', callers(300, 100));
    await put('queue_log.1', callers(200, 100));
    await put('queue_log.2.gz', gzipSync(callers(100, 100)));
    await put('queue_log-20261123.gz', gzipSync(callers(0, 100)));
    await put('queue_log.bak', callers(900, 100));
    expect((await read()).numbers).toEqual(range(0, 400));
    const source = await open();
    expect(await source.size('', 0)).toBe([0, 100, 200, 300].reduce((sum, from) => sum + callers(from, 100).length, 0));
  });

  it('goes on where it was read to, in whatever it was rotated into since', async () => {
    await put('queue_log', callers(0, 3_000));
    const first = await read('', 1);
    await rename(path.join(folder, 'queue_log'), path.join(folder, 'queue_log.1'));
    await put('queue_log', callers(3_000, 10));
    const second = await read(first.position);
    expect([...first.numbers, ...second.numbers]).toEqual(range(0, 3_010));
    await put('queue_log.1.gz', gzipSync(callers(0, 3_000)));
    await rm(path.join(folder, 'queue_log.1'));
    expect((await read(first.position)).numbers).toEqual(second.numbers);
    expect((await read(second.position)).numbers).toEqual([]);
    expect(await (await open()).continues(second.position)).toBe(true);
  });

  it('that is copied and cut is read once, also while it is packed', async () => {
    await put('queue_log', callers(0, 20));
    const { position } = await read();
    await appendFile(path.join(folder, 'queue_log'), callers(20, 20));
    await copyFile(path.join(folder, 'queue_log'), path.join(folder, 'queue_log.1'));
    await put('queue_log.1.gz', gzipSync(callers(0, 40)));
    await truncate(path.join(folder, 'queue_log'));
    expect((await read(position)).numbers).toEqual(range(20, 40));
    await appendFile(path.join(folder, 'queue_log'), callers(40, 5));
    expect((await read(position)).numbers).toEqual(range(20, 45));
  });

  it('leaves a line that is being written for the next reading', async () => {
    const [whole, half] = [callers(0, 5), callers(5, 1)];
    await put('queue_log', whole + half.slice(0, 20));
    const first = await read();
    expect(first).toMatchObject({ numbers: range(0, 5), notQueueLog: 0 });
    await put('queue_log', whole + half);
    expect((await read(first.position)).numbers).toEqual([5]);
  });

  it('counts lines that are cut, too long or none, and reads on behind them', async () => {
    const cut = `${start + 2}|${start}.1|support|PJSIP/1001|CONNECT|3\n`;
    await put('queue_log', `17956\n${callers(0, 2)}${cut}${'x'.repeat(200_000)}\n\n<?php\n${callers(3, 2)}`);
    await put('queue_log.1', `${callers(-9, 1)}${callers(-8, 1).slice(0, 30)}`);
    expect(await read()).toMatchObject({ numbers: [-9, 0, 1, 3, 4], notQueueLog: 5 });
  });

  it('reads what is whole of a packed file that is damaged', async () => {
    const packed = gzipSync(Buffer.from(callers(0, 5_000)), { level: 1 });
    await put('queue_log.1.gz', packed.subarray(0, packed.length / 2));
    await put('queue_log', callers(5_000, 3));
    const { numbers } = await read();
    expect(numbers.slice(-3)).toEqual([5_000, 5_001, 5_002]);
    expect(numbers.length).toBeGreaterThan(500);
    expect(numbers).toEqual([...range(0, numbers.length - 3), 5_000, 5_001, 5_002]);
  });

  it('is left alone for ten minutes, until what came live is stored', async () => {
    const now = Math.floor(Date.now() / 1000);
    const line = (ago: number): string => `${now - ago}|${now - ago}.1|support|NONE|ENTERQUEUE||555${ago}|1\n`;
    await put('queue_log', [900, 700, 500, 5].map(line).join(''));
    expect((await read()).numbers).toEqual([900, 700]);
  });

  it('with fractions of seconds keeps them', async () => {
    await put('queue_log', `${start}.123456|${start}.1|support|NONE|ENTERQUEUE||5550|1\n`);
    const source = await open();
    for await (const { events } of source.history('', 0)) {
      expect(events.map(({ at }) => at)).toEqual([start * 1000 + 123]);
    }
  });

  it('that is none is refused, one without a line is not', async () => {
    await put('queue_log', 'Nov 24 13:00:00 pbx asterisk[12]: hello\n');
    await expect(read()).rejects.toThrow(/has no queue_log line such as.*Enter the file that Asterisk writes/);
    await put('queue_log', '');
    expect((await read()).numbers).toEqual([]);
  });

  it('outside of the allowed folder is not read', async () => {
    await put('queue_log', callers(0, 1));
    const settings = v.parse(importEntries, { kind: 'queue_log', server: 'pbx', type: 'csv', path: '../queue_log' });
    const clock = new PbxClock('UTC');
    const setup = { settings, password: '', ca: '', csvFolder: folder, clock, rules: defaultRules };
    const source = await openHistory(setup);
    await expect(source.size('', 0)).rejects.toThrow('is outside the allowed folder');
  });
});
