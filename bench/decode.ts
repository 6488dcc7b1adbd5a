import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeFrame } from '../src/amiws/decode-frame';
import { parseCapture } from '../tools/replay/parse-capture';
import { medianOf, millisecondsOf } from './median';

const capture = path.join(import.meta.dirname, '../tests/captures/two-pbx.jsonl');
const rounds = 100;

/** Frames a second of the decoder against bare JSON.parse of the same frames, from bytes as they come from the socket. */
export async function benchDecode(): Promise<Record<string, string>> {
  const frames = parseCapture(readFileSync(capture, 'utf8')).map(({ data }) => Buffer.from(data));
  const perSecond = async (decode: (frame: Buffer) => unknown): Promise<number> => {
    const ms = await medianOf(7, () =>
      millisecondsOf(() => {
        for (let round = 0; round < rounds; round++) {
          frames.forEach(decode);
        }
      })
    );
    return (frames.length * rounds * 1000) / ms;
  };
  const bare = await perSecond((frame) => JSON.parse(frame.toString()));
  const ours = await perSecond((frame) => decodeFrame(frame, 0));
  return {
    'JSON.parse, frames/s': Math.round(bare).toLocaleString('en'),
    'decodeFrame, frames/s': Math.round(ours).toLocaleString('en'),
    ratio: (ours / bare).toFixed(1),
  };
}
