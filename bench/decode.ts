import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeFrame } from '../src/amiws/decode-frame';
import { parseCapture } from '../tools/replay/parse-capture';
import { formatTimes, perSecond } from './format';
import { medianOf, millisecondsOf } from './median';
import type { Result, Row } from './row';

const captures = path.join(import.meta.dirname, '../tests/captures');
const rounds = 100;
const target = 5;

/** Frames a second of the decoder against bare JSON.parse of the same frames, from bytes as they come from the socket. */
export async function run(): Promise<Result> {
  const allClasses = gunzipSync(readFileSync(path.join(captures, 'all-classes.jsonl.gz'))).toString();
  const fewClasses = readFileSync(path.join(captures, 'two-pbx.jsonl'), 'utf8');
  const { ratio, row } = await decodeAll('decode the full event stream of a PBX', allClasses);
  return {
    rows: [
      { ...row, target: `${target} × JSON.parse`, isMet: ratio >= target },
      (await decodeAll('– a stream of few event classes, of which more is used', fewClasses)).row,
    ],
  };
}

async function decodeAll(what: string, capture: string): Promise<{ ratio: number; row: Row }> {
  const frames = parseCapture(capture).map(({ data }) => Buffer.from(data));
  const milliseconds = (decode: (frame: Buffer) => unknown): Promise<number> =>
    medianOf(7, () =>
      millisecondsOf(() => {
        for (let round = 0; round < rounds; round++) {
          frames.forEach(decode);
        }
      })
    );
  const bare = await milliseconds((frame) => JSON.parse(frame.toString()));
  const ours = await milliseconds((frame) => decodeFrame(frame, 0));
  const count = frames.length * rounds;
  const ratio = bare / ours;
  return {
    ratio,
    row: {
      what,
      ours: perSecond(count, ours),
      comparedWith: `JSON.parse ${perSecond(count, bare)}`,
      ratio: formatTimes(ratio),
    },
  };
}
