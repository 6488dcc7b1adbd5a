import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { EventReader } from '../../src/amiws/event-reader';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import type { CallParts } from '../../src/cdr/call-parts';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultDerivation } from './cdr-builders';

/** Records and queue events of the capture of two PBXes; `late` milliseconds pass until each arrives. */
export function captureParts(late = 0): CallParts {
  const reader = new EventReader({
    rules: defaultDerivation.rules,
    clocks: new PbxClocks(defaultDerivation),
    clockOffset: () => 0,
    onProblem: (problem) => {
      throw new Error(`The capture has a record with a bad ${problem}.`);
    },
  });
  const capture = readFileSync(path.join(__dirname, '../captures/two-pbx.jsonl'), 'utf8');
  const read = parseCapture(capture)
    .map(({ at, data }) => decodeFrame(data, at + late))
    .flatMap((frame) => (frame.kind === 'event' ? [reader.read(frame)] : []));
  return { records: read.flatMap(({ records }) => records), events: read.flatMap(({ events }) => events) };
}
